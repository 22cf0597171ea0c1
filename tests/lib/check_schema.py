"""check_schema.py SCHEMA FILE -- checks a JSON file against a schema, by the keywords the schemas of
this project use; another keyword is an error, so that none is passed over.

SPDX-License-Identifier: Apache-2.0
"""
import json
import sys

TYPES = {"object": dict, "array": list, "string": str, "null": type(None), "boolean": bool}
SILENT = {"$schema", "$defs", "title", "description"}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def check(value, schema, root, path):
    for key, wanted in schema.items():
        if key == "$ref":
            target = root
            for part in wanted.lstrip("#/").split("/"):
                target = target[part]
            yield from check(value, target, root, path)
        elif key == "type":
            names = wanted if isinstance(wanted, list) else [wanted]
            if not any(is_type(value, name) for name in names):
                yield f"{path}: {value!r} is no {wanted}"
        elif key == "const" and value != wanted:
            yield f"{path}: {value!r} is not {wanted!r}"
        elif key == "enum" and value not in wanted:
            yield f"{path}: {value!r} is none of {wanted}"
        elif key == "required" and isinstance(value, dict):
            yield from (f"{path}: no {name}" for name in wanted if name not in value)
        elif key == "properties" and isinstance(value, dict):
            for name, inner in wanted.items():
                if name in value:
                    yield from check(value[name], inner, root, f"{path}/{name}")
        elif key == "additionalProperties" and isinstance(value, dict):
            for name in value.keys() - schema.get("properties", {}).keys():
                if wanted is False:
                    yield f"{path}: {name} is not known"
                else:
                    yield from check(value[name], wanted, root, f"{path}/{name}")
        elif key == "items" and isinstance(value, list):
            for index, item in enumerate(value):
                yield from check(item, wanted, root, f"{path}/{index}")
        elif key not in SILENT | {"const", "enum", "required", "properties",
                                  "additionalProperties", "items"}:
            yield f"the schema's {key} is not checked"


with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    problems = list(check(json.load(file), schema, schema, ""))
print("\n".join(problems[:20]))
sys.exit(bool(problems))
