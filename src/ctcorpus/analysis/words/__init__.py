"""Words: counted, compared, and shown in context, each by a named measure."""
