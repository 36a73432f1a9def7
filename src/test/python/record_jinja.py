#!/usr/bin/env python3
"""Records what Python's Jinja2 makes of templates.

    record_jinja.py FILE...   renders the cases of corpus files anew and writes the outcomes into them
    record_jinja.py --stream  answers each line {"template": ..., "data": ...} of the standard input with its outcome

An outcome is {"text": ...}, or {"error": ...} with the class of the exception, "syntax" for any found while parsing.
A case names its data, which are in data.json beside the corpus file; {"$date": "..."} in there is a datetime.
"""

import datetime
import json
import os
import resource
import signal
import sys
import warnings

import jinja2

# A template of the random ones may loop for long, or make what no machine holds.
SECONDS = 2
BYTES = 2 * 1024**3


def to_date(text):
    moment = datetime.datetime.fromisoformat(text)
    if len(text) == 10:
        return moment.date()
    offset = moment.utcoffset()
    return moment.replace(tzinfo=datetime.timezone(offset)) if offset else moment


def dates(item):
    return to_date(item["$date"]) if set(item) == {"$date"} else item


def datetimeformat(value, format):
    if value is None or isinstance(value, jinja2.Undefined):
        return ""
    return (to_date(value) if isinstance(value, str) else value).strftime(format)


ENVIRONMENT = jinja2.Environment()
ENVIRONMENT.filters["datetimeformat"] = datetimeformat


class OutOfTime(BaseException):
    """Not an Exception, which Jinja2 would catch while it folds constants."""


def stop(*unused):
    raise OutOfTime()


def outcome(template, data):
    try:
        parsed = ENVIRONMENT.from_string(template)
    except (jinja2.TemplateSyntaxError, SyntaxError):
        return {"error": "syntax"}
    except Exception as error:
        return {"error": type(error).__name__}
    try:
        text = parsed.render(data)
        text.encode("utf-8")
        return {"text": text}
    except UnicodeEncodeError:
        return {"error": "surrogates"}
    except Exception as error:
        return {"error": type(error).__name__}


def timed(template, data):
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return outcome(template, data)
    except OutOfTime:
        return {"error": "time"}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def record(path):
    with open(os.path.join(os.path.dirname(path), "data.json"), encoding="utf-8") as file:
        everything = file.read()
    lines = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            case = json.loads(line)
            # Read anew each time: a template may change its data.
            data = json.loads(everything, object_hook=dates)[case["data"]] if case["data"] else {}
            kept = {key: case[key] for key in ("name", "data", "template")}
            lines.append(json.dumps({**kept, **timed(case["template"], data)}, ensure_ascii=False) + "\n")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(lines)


def stream():
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    for line in sys.stdin:
        case = json.loads(line, object_hook=dates)
        print(json.dumps(timed(case["template"], case["data"])), flush=True)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, stop)
    if sys.argv[1:] == ["--stream"]:
        stream()
    else:
        for name in sys.argv[1:]:
            record(name)
