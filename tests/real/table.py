"""From the events of `assist replay --json` on standard input to tables of what was shown."""

import json
import sys
from collections import Counter

LEVELS = ("calm", "watch", "high", "critical")


def main() -> None:
    """Print the table as Markdown."""
    highest: dict[str, str] = {}
    techniques: Counter[str] = Counter()
    readings = 0
    for line in sys.stdin:
        event = json.loads(line)
        name = event["conversation"]
        highest.setdefault(name, "calm")
        if event["type"] == "reading":
            readings += 1
        elif event["type"] == "escalation":
            highest[name] = max(highest[name], event["level"], key=LEVELS.index)
        elif event["type"] == "suggestion":
            techniques[event["suggestion"]["technique"]] += 1
    levels = Counter(highest.values())
    print(f"{len(highest)} conversations, {readings} customer turns\n")
    print("| highest level | conversations | share |\n|---|---:|---:|")
    for level in LEVELS:
        print(f"| {level} | {levels[level]} | {levels[level] / max(1, len(highest)):.0%} |")
    shown = sum(techniques.values())
    print(f"\n{shown} suggestions, {100 * shown / max(1, readings):.0f} per 100 customer turns\n")
    print("| technique shown | times |\n|---|---:|")
    for technique, count in sorted(techniques.items(), key=lambda item: (-item[1], item[0])):
        print(f"| {technique} | {count} |")


if __name__ == "__main__":
    main()
