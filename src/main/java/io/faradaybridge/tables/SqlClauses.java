package io.faradaybridge.tables;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clauses that several statements share. A statement is one text and names a clause in braces: {@code WHERE {free}}. */
public final class SqlClauses {

    private static final Pattern NAME = Pattern.compile("\\{([a-z][a-z-]*)}");

    private final Map<String, String> clauses;

    public SqlClauses() {
        this(Map.of());
    }

    private SqlClauses(Map<String, String> clauses) {
        this.clauses = clauses;
    }

    /** @param clause may name clauses that were added before it */
    public SqlClauses with(String name, String clause) {
        Map<String, String> more = new HashMap<>(clauses);
        more.put(name, in(clause));
        return new SqlClauses(Map.copyOf(more));
    }

    /** The statement with its clauses inserted. */
    public String in(String statement) {
        return NAME.matcher(statement).replaceAll(name -> Matcher.quoteReplacement(clause(name.group(1))));
    }

    private String clause(String name) {
        String clause = clauses.get(name);
        if (clause == null) {
            throw new IllegalArgumentException(
                    "a statement names the clause '" + name + "', which is none of " + clauses.keySet());
        }
        return clause;
    }
}
