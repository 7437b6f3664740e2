"""The JSON Schema of each answer, published from the records themselves.

A record's ``to_dict`` is the wire form; pydantic reads the record's types and says the same as a schema. Only where
data comes in or a schema is printed is pydantic imported: no search waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ctcorpus.errors import UsageError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

#: the answer of a command -> the record that it is the plain form of; ``[name]``: rows of it, under that name
ANSWERS: dict[str, str] = {
    "search": "hit:Results",
    "documents": "entry:Entry[documents]",
    "cite": "citation:Citation",
    "export": "export:ExportReport",
    "check": "check:CheckReport",
    "impact": "export:Impact",
    "note": "export:Notes",
    "figures": "analysis:FigureReport",
    "claims": "analysis:ClaimReport",
    "timeline": "analysis:TimelineReport",
    "labels": "analysis_names:LabelReport",
    "concepts": "analysis_names:ConceptReport",
    "origins": "analysis:OriginsReport",
    "news": "analysis:NewsReport",
    "kwic": "words:Concordance",
    "collocates": "words:Collocations",
    "keyness": "words:Keyness",
    "similar": "words:Similar",
    "topics": "words:Topics",
    "brief": "brief:Brief",
    "index": "report:IndexReport",
    "add": "report:IndexReport",
    "watch": "report:IndexReport",
    "status": "report:Status",
    "doctor": "report:DoctorReport",
    "forget": "report:ForgetReceipt",
    "diff": "report:DiffReport",
    "copy": "report:CopyReport",
    "config": "report:ConfigReport",
}
#: records whose wire form has the fields of one of their own in place of it
FLATTENED = {"LedgerFigure": "figure", "Event": "date"}
#: what every answer has beside the fields of its record
ENVELOPE: Mapping[str, Any] = {"schema": {"type": "string"}}


def _adapter(answer: str) -> TypeAdapter[Any]:
    """Pydantic's view of an answer's record; raises UsageError for an answer that there is not."""
    from pydantic import TypeAdapter

    if answer not in ANSWERS:
        raise UsageError(f"There is no answer called '{answer}'", f"There are: {', '.join(ANSWERS)}")
    module, _, name = ANSWERS[answer].partition("[")[0].partition(":")
    return TypeAdapter(getattr(import_module(f"ctcorpus.model.{module}"), name))


def json_schema(answer: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what a command prints with ``--json``."""
    made = _adapter(answer).json_schema()
    for name, field in FLATTENED.items():
        _flatten(made.get("$defs", {}), name, field)
    rows = ANSWERS[answer].partition("[")[2].rstrip("]")
    if rows:
        shared = {"$defs": made.pop("$defs")} if "$defs" in made else {}
        made = {"type": "object", "properties": {rows: {"type": "array", "items": made}}, "required": [rows], **shared}
    made["properties"] = {**ENVELOPE, **made["properties"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:ctcorpus:schema:{answer}:1",
        **made,
    }


def _flatten(definitions: dict[str, Any], name: str, field: str) -> None:
    """Puts the fields of the record at ``field`` in place of it, where the record of this name is used."""
    if name not in definitions:
        return
    outer = definitions[name]
    inner = definitions[outer["properties"].pop(field)["$ref"].rpartition("/")[2]]
    outer["properties"] = {**inner["properties"], **outer["properties"]}
    outer["required"] = [x for x in (*inner.get("required", ()), *outer.get("required", ())) if x != field]
