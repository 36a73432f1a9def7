package io.faradaybridge.faraday;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The rights that a database's own tables give, for tests of what other packages do with them. */
public final class TestRights {

    private TestRights() {}

    public static ChangeRights of(JdbcClient jdbc) {
        return new ChangeRights(new FaradaySchema(jdbc));
    }
}
