package io.faradaybridge.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.sandbox.FaradayDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nothing secret gets into the record of who changed what, and it is kept for long. */
class SetupAuditTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"url":"https://j","consumer_key":"k"}          | {"url":"https://j","consumer_key":"k"}
        {"access_token":"abc"}                          | {"access_token":"***"}
        {"a":[{"Password":"abc","b":1}]}                | {"a":[{"Password":"***","b":1}]}
        {"rsa_private_key":"-----BEGIN"}                | {"rsa_private_key":"***"}
        {"credentials":{"type":"api_token","token":"x"}}| {"credentials":{"type":"api_token","token":"***"}}
        {"tokens":["x",7,null],"secret":true}            | {"tokens":["***","***",null],"secret":true}
        {"accessToken":"abc","sessionHandle":"x"}       | {"accessToken":"***","sessionHandle":"***"}
        {"API key":"abc","pass-phrase":"x"}             | {"API key":"***","pass-phrase":"***"}
        {"Token type":{"value":"a"}}                    | {"Token type":{"value":"a"}}
        """)
    void values_of_secret_keys_are_masked_at_any_depth(String given, String kept) throws Exception {
        JsonNode masked = SetupAudit.masked(JSON.readTree(given));

        assertThat(masked).isEqualTo(JSON.readTree(kept));
    }

    @Test
    void changes_are_kept_for_as_long_as_the_setting_says() {
        JdbcClient rows = FaradayDatabase.shared().newBridgeDatabase().rows();
        SetupAudit audit = new SetupAudit(rows, new SetupAuditSettings(Duration.ofDays(30)));
        audit.record(null, "ada", "old", null, null);
        rows.sql("UPDATE faraday_bridge.setup_change SET at = now() - interval '31 days'")
                .update();
        audit.record(null, "ada", "new", null, null);

        audit.purge();

        assertThat(audit.list(null, 10)).extracting(SetupChange::what).containsExactly("new");
    }
}
