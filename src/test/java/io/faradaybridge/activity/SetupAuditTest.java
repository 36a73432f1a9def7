package io.faradaybridge.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing secret gets into the record of who changed what. */
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
}
