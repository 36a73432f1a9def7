package io.faradaybridge.jinja2.python;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Splitting;
import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.text.TextBuilder;
import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Sequence;
import io.faradaybridge.jinja2.values.TupleValue;
import java.util.ArrayList;
import java.util.List;

/** Python's pprint.pformat: as repr, but over several lines if it is wider than 80 characters. */
public final class PrettyPrint {

    private static final int WIDTH = 80;
    private static final int LEVELS = 4;

    private final Budget budget;
    private final TextBuilder out;

    private PrettyPrint(Budget budget) {
        this.budget = budget;
        this.out = new TextBuilder(budget);
    }

    public static String of(Object value, Budget budget) {
        PrettyPrint work = new PrettyPrint(budget);
        work.format(value, 0, 0, 1);
        return work.out.toString();
    }

    private void format(Object value, int indent, int allowance, int level) {
        String repr = Repr.sorted(value, budget);
        if (Text.length(repr) <= WIDTH - indent - allowance) {
            out.append(repr);
            return;
        }
        budget.enter(LEVELS);
        if (value instanceof DictValue dict && dict.size() > 0) {
            dict(dict, indent, allowance + 1, level + 1);
        } else if (value instanceof ListValue list) {
            out.append("[");
            items(list, indent, allowance + 1, level + 1);
            out.append("]");
        } else if (value instanceof TupleValue tuple && !tuple.grouped()) {
            String end = tuple.size() == 1 ? ",)" : ")";
            out.append("(");
            items(tuple, indent, allowance + end.length(), level + 1);
            out.append(end);
        } else if (value instanceof String text && !text.isEmpty()) {
            text(text, indent, allowance, level);
        } else {
            out.append(repr);
        }
        budget.leave(LEVELS);
    }

    private void newLine(int indent) {
        out.append(",\n");
        out.append(Text.repeat(" ", indent, budget));
    }

    private void dict(DictValue dict, int indent, int allowance, int level) {
        out.append("{");
        List<DictValue.Item> items = Repr.sortedItems(dict, budget);
        for (int i = 0; i < items.size(); i++) {
            budget.step();
            if (i > 0) {
                newLine(indent + 1);
            }
            String key = Repr.sorted(items.get(i).key, budget);
            out.append(key);
            out.append(": ");
            boolean last = i == items.size() - 1;
            format(items.get(i).value, indent + 1 + Text.length(key) + 2, last ? allowance : 1, level);
        }
        out.append("}");
    }

    private void items(Sequence sequence, int indent, int allowance, int level) {
        for (int i = 0; i < sequence.size(); i++) {
            budget.step();
            if (i > 0) {
                newLine(indent + 1);
            }
            format(sequence.get(i), indent + 1, i == sequence.size() - 1 ? allowance : 1, level);
        }
    }

    private void text(String text, int outerIndent, int outerAllowance, int level) {
        int indent = level == 1 ? outerIndent + 1 : outerIndent;
        int allowance = level == 1 ? outerAllowance + 1 : outerAllowance;
        List<String> chunks = new ArrayList<>();
        List<String> lines = Splitting.lines(text, true, budget);
        for (int i = 0; i < lines.size(); i++) {
            budget.step();
            boolean last = i == lines.size() - 1;
            String repr = Repr.quote(lines.get(i));
            if (Text.length(repr) <= WIDTH - indent - (last ? allowance : 0)) {
                chunks.add(repr);
            } else {
                words(lines.get(i), WIDTH - indent, last ? allowance : 0, chunks);
            }
        }
        if (chunks.size() == 1) {
            out.append(chunks.get(0));
            return;
        }
        out.append(level == 1 ? "(" : "");
        for (int i = 0; i < chunks.size(); i++) {
            if (i > 0) {
                out.append("\n");
                out.append(Text.repeat(" ", indent, budget));
            }
            out.append(chunks.get(i));
        }
        out.append(level == 1 ? ")" : "");
    }

    private void words(String line, int width, int allowance, List<String> chunks) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            int end = at;
            while (end < line.length() && !Text.isSpace(line.charAt(end))) {
                end++;
            }
            while (end < line.length() && Text.isSpace(line.charAt(end))) {
                end++;
            }
            parts.add(line.substring(at, end));
            at = end;
        }
        String current = "";
        for (int i = 0; i < parts.size(); i++) {
            budget.step();
            String candidate = current + parts.get(i);
            int most = i == parts.size() - 1 ? width - allowance : width;
            if (Text.length(Repr.quote(candidate)) > most) {
                if (!current.isEmpty()) {
                    chunks.add(Repr.quote(current));
                }
                current = parts.get(i);
            } else {
                current = candidate;
            }
        }
        if (!current.isEmpty()) {
            chunks.add(Repr.quote(current));
        }
    }
}
