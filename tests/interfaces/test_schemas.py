"""The published schemas and the live answers say the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import ValidationError, validate

import ctcorpus
from ctcorpus.interfaces.schemas import ANSWERS, json_schema
from ctcorpus.model.document import Document
from ctcorpus.model.facts import Facts


@pytest.mark.parametrize("answer", sorted(ANSWERS))
def test_every_answer_has_a_schema_with_every_field(answer: str) -> None:
    made = json_schema(answer)
    assert made["$schema"].endswith("2020-12/schema")
    assert json.loads(json.dumps(made)) == made
    assert "schema" in made["properties"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> ctcorpus.Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "a.txt").write_text(
        "The fence, officials said, is 200 km long. It was built in 2024.\n", encoding="utf-8"
    )
    made = ctcorpus.open(folder / "store")
    made.index([folder / "a.txt"])
    return made


def test_live_answers_hold_against_their_schemas(corpus: ctcorpus.Corpus) -> None:
    entry = corpus.documents()[0]
    answers: dict[str, Any] = {
        "search": corpus.search("fence").to_dict(),
        "cite": corpus.cite(entry.id).to_dict(),
        "index": corpus.index().to_dict(),
        "status": corpus.status().to_dict(),
        "doctor": corpus.doctor().to_dict(),
        "figures": corpus.figures().to_dict(),
        "claims": corpus.claims().to_dict(),
        "timeline": corpus.timeline().to_dict(),
        "kwic": corpus.kwic("fence").to_dict(),
    }
    for name, answer in answers.items():
        assert answer.get("schema", "ctcorpus/cite/1") == f"ctcorpus/{name}/1"
        validate(json.loads(json.dumps(answer)), json_schema(name))


def test_documents_and_facts_survive_validation(corpus: ctcorpus.Corpus) -> None:
    from pydantic import TypeAdapter

    entry = corpus.documents()[0]
    document, facts = corpus.show(entry.id), corpus.facts(entry.id)
    assert TypeAdapter(Document).validate_python(document.to_dict()) == document
    assert TypeAdapter(Facts).validate_python(facts.to_dict()) == facts
    assert Facts.from_dict(json.loads(json.dumps(facts.to_dict()))) == facts


def test_a_wrong_answer_is_refused(corpus: ctcorpus.Corpus) -> None:
    with pytest.raises(ValidationError):
        validate({**corpus.search("fence").to_dict(), "total": "many"}, json_schema("search"))
