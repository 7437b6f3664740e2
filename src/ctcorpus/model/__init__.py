"""What things are: frozen, slotted, typed records, compared by value. Nothing here reads or writes."""
