package io.faradaybridge.sandbox.jira;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of Jira's query language: comparisons joined by AND, and ORDER BY.
 *
 * @param clauses all must hold
 * @param order of the result
 */
record Jql(List<Clause> clauses, Comparator<SandboxIssue> order) {

    /** One comparison, such as {@code project in (SEC, WEB)}. */
    record Clause(String field, String operator, List<String> values) {

        boolean isNegative() {
            return operator.equals("!=") || operator.equals("not in");
        }
    }

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|(>=|<=|!=|[=<>~,()])|([^\\s=<>!~,()\"']+))");
    private static final Pattern AGO = Pattern.compile("-(\\d+)([mhdw])");

    static Jql parse(String text) {
        return new Parser(text).query();
    }

    /** @param key the key of a project by its id or by a key that it had before */
    Jql withProjects(UnaryOperator<String> key) {
        return new Jql(
                clauses.stream()
                        .map(clause -> clause.field().equals("project")
                                ? new Clause(
                                        clause.field(),
                                        clause.operator(),
                                        clause.values().stream().map(key).toList())
                                : clause)
                        .toList(),
                order);
    }

    /** @param currentUser the caller's account name, empty for an anonymous one */
    Predicate<SandboxIssue> predicate(Instant now, String currentUser) {
        return clauses.stream().map(clause -> test(clause, now, currentUser)).reduce(issue -> true, Predicate::and);
    }

    private static Predicate<SandboxIssue> test(Clause clause, Instant now, String currentUser) {
        return switch (clause.field()) {
            case "project" -> anyOf(clause, issue -> List.of(issue.project()));
            case "id", "key", "issue", "issuekey" -> anyOf(clause, issue -> List.of(issue.id(), issue.key()));
            case "summary" -> words(clause);
            case "labels" -> anyOf(clause, SandboxIssue::labels);
            case "status" -> anyOf(clause, issue -> List.of(issue.statusId(), issue.statusName()));
            case "issuetype", "type" -> anyOf(clause, issue -> List.of(issue.type()));
            case "reporter" ->
                people(
                        clause,
                        currentUser,
                        issue -> issue.fields().containsKey("reporter")
                                ? List.of(
                                        issue.fields()
                                                .get("reporter")
                                                .path("name")
                                                .asText(),
                                        issue.fields()
                                                .get("reporter")
                                                .path("accountId")
                                                .asText())
                                : List.of());
            case "creator" -> people(clause, currentUser, issue -> List.of(issue.creator()));
            case "created" -> time(clause, now, SandboxIssue::created);
            case "updated", "updateddate" -> time(clause, now, SandboxIssue::updated);
            default ->
                throw Refusal.of(
                        400, "Field '" + clause.field() + "' does not exist or you do not have permission to view it.");
        };
    }

    private interface Values {
        List<String> of(SandboxIssue issue);
    }

    private interface Time {
        Instant of(SandboxIssue issue);
    }

    private static Predicate<SandboxIssue> anyOf(Clause clause, Values values) {
        if (!List.of("=", "!=", "in", "not in").contains(clause.operator())) {
            throw Refusal.of(
                    400,
                    "The operator '" + clause.operator() + "' is not supported by the '" + clause.field() + "' field.");
        }
        return issue -> clause.isNegative()
                != values.of(issue).stream()
                        .anyMatch(value -> clause.values().stream().anyMatch(value::equalsIgnoreCase));
    }

    /** Every word of the text is in the summary, in any order; one with an asterisk behind it as the beginning of a word. */
    private static Predicate<SandboxIssue> words(Clause clause) {
        if (!clause.operator().equals("~")) {
            throw Refusal.of(400, "The operator '" + clause.operator() + "' is not supported by the 'summary' field.");
        }
        List<String> wanted =
                List.of(clause.values().get(0).toLowerCase(Locale.ROOT).split("[^\\w*]+"));
        return issue -> {
            List<String> words =
                    List.of(issue.summary().toLowerCase(Locale.ROOT).split("\\W+"));
            return wanted.stream()
                    .allMatch(word -> word.endsWith("*")
                            ? words.stream().anyMatch(one -> one.startsWith(word.substring(0, word.length() - 1)))
                            : words.contains(word));
        };
    }

    private static Predicate<SandboxIssue> people(Clause clause, String currentUser, Values values) {
        List<String> names = clause.values().stream()
                .map(value -> value.equals("currentUser()") ? currentUser : value)
                .toList();
        return anyOf(new Clause(clause.field(), clause.operator(), names), values);
    }

    private static Predicate<SandboxIssue> time(Clause clause, Instant now, Time time) {
        Matcher ago = AGO.matcher(clause.values().get(0));
        if (!ago.matches()) {
            throw Refusal.of(
                    400,
                    "Date value '" + clause.values().get(0) + "' for field '" + clause.field()
                            + "' is invalid. This sandbox takes a period such as '-5m'.");
        }
        long amount = Long.parseLong(ago.group(1));
        Instant limit = now.minus(
                switch (ago.group(2)) {
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    case "d" -> Duration.ofDays(amount);
                    default -> Duration.ofDays(7 * amount);
                });
        return switch (clause.operator()) {
            case ">=", ">" -> issue -> !time.of(issue).isBefore(limit);
            case "<=", "<" -> issue -> !time.of(issue).isAfter(limit);
            default ->
                throw Refusal.of(
                        400,
                        "The operator '" + clause.operator() + "' is not supported by the '" + clause.field()
                                + "' field.");
        };
    }

    /** Reads one query; every complaint is a 400 in Jira's words. */
    private static final class Parser {

        private final String text;
        private final List<String> tokens = new ArrayList<>();
        private int next;

        Parser(String text) {
            this.text = text;
            Matcher matcher = TOKEN.matcher(text);
            int end = 0;
            while (matcher.find() && matcher.start() == end) {
                end = matcher.end();
                String quoted = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
                tokens.add(
                        quoted != null
                                ? "\"" + quoted.replaceAll("\\\\(.)", "$1")
                                : matcher.group(3) != null ? matcher.group(3) : matcher.group(4));
            }
            if (!text.substring(end).isBlank()) {
                throw error("near '" + text.substring(end).strip() + "'");
            }
        }

        Jql query() {
            List<Clause> clauses = new ArrayList<>();
            Comparator<SandboxIssue> order = Comparator.comparingLong(
                            (SandboxIssue issue) -> Long.parseLong(issue.id()))
                    .reversed();
            if (more() && !keyword("order")) {
                clauses.add(clause());
                while (more() && !keyword("order")) {
                    expect("and");
                    clauses.add(clause());
                }
            }
            if (more()) {
                order = order();
            }
            return new Jql(clauses, order);
        }

        private Clause clause() {
            String field = word().toLowerCase(Locale.ROOT);
            String operator = word().toLowerCase(Locale.ROOT);
            if (operator.equals("not")) {
                expect("in");
                operator = "not in";
            }
            List<String> values = new ArrayList<>();
            if (operator.endsWith("in")) {
                expect("(");
                values.add(value());
                while (keyword(",")) {
                    next++;
                    values.add(value());
                }
                expect(")");
            } else {
                values.add(value());
            }
            return new Clause(field, operator, values);
        }

        private String value() {
            String value = word();
            if (keyword("(") && value.equalsIgnoreCase("currentUser")) {
                next++;
                expect(")");
                return "currentUser()";
            }
            if (List.of("(", ")", ",").contains(value)) {
                throw error("expecting a value but got '" + value + "'");
            }
            return value;
        }

        private Comparator<SandboxIssue> order() {
            expect("order");
            expect("by");
            Comparator<SandboxIssue> order = sort();
            while (keyword(",")) {
                next++;
                order = order.thenComparing(sort());
            }
            if (more()) {
                throw error("near '" + tokens.get(next) + "'");
            }
            return order;
        }

        private Comparator<SandboxIssue> sort() {
            String field = word();
            Comparator<SandboxIssue> ascending =
                    switch (field.toLowerCase(Locale.ROOT)) {
                        case "created" -> Comparator.comparing(SandboxIssue::created);
                        case "updated" -> Comparator.comparing(SandboxIssue::updated);
                        case "id", "key", "issuekey" -> Comparator.comparingLong(issue -> Long.parseLong(issue.id()));
                        default -> throw error("field '" + field + "' cannot be sorted by");
                    };
            if (keyword("desc")) {
                next++;
                return ascending.reversed();
            }
            if (keyword("asc")) {
                next++;
            }
            return ascending;
        }

        private boolean more() {
            return next < tokens.size();
        }

        private boolean keyword(String word) {
            return more() && tokens.get(next).equalsIgnoreCase(word);
        }

        private void expect(String word) {
            if (!keyword(word)) {
                throw error("expecting '" + word + "' but got " + (more() ? "'" + tokens.get(next) + "'" : "the end"));
            }
            next++;
        }

        private String word() {
            if (!more()) {
                throw error("unexpected end");
            }
            String token = tokens.get(next++);
            return token.startsWith("\"") ? token.substring(1) : token;
        }

        private Refusal error(String detail) {
            return Refusal.of(400, "Error in the JQL Query: " + detail + ". (query: " + text + ")");
        }
    }
}
