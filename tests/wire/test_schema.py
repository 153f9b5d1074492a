"""JSON Schema is derived from the shapes: which keys, which are required, and by which names."""

from assistant.wire.accounts import AccountJson
from assistant.wire.orders import AmountsJson, OrderSummaryJson, OrderViewJson
from assistant.wire.rules import RuleBody, RuleJson
from assistant.wire.schema import component_schemas, schema_of
from assistant.wire.shape import PageJson

DECIMAL = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}


def test_components_have_public_names_and_are_self_contained():
    found = component_schemas([PageJson[AccountJson], OrderSummaryJson])
    assert set(found) == {"Account", "AccountPage", "OrderSummary", "Money"}
    assert found["AccountPage"]["properties"]["items"] == {"type": "array", "items": {"$ref": "#/components/schemas/Account"}}
    assert found["Money"]["required"] == ["amount", "currency"]
    assert found["Money"]["properties"]["amount"] == DECIMAL


def test_always_sent_keys_are_required_and_extras_are_not():
    item = component_schemas([OrderViewJson])["Item"]
    assert "unit_price" in item["required"]
    assert "unit_tax" in item["properties"]
    assert "unit_tax" not in item["required"]
    assert set(AmountsJson.SCHEMA["required"]) < set(AmountsJson.SCHEMA["properties"])


def test_a_choice_of_two_answers_accepts_either():
    either = schema_of(PageJson[OrderViewJson] | PageJson[OrderSummaryJson])
    assert either == {"anyOf": [{"$ref": "#/components/schemas/OrderViewPage"}, {"$ref": "#/components/schemas/OrderSummaryPage"}]}


def test_a_rule_can_hold_its_own_keys():
    assert schema_of(RuleJson)["additionalProperties"] is True
    assert "route" in schema_of(RuleBody)["properties"]["type"]["enum"]
