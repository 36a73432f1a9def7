package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the bridge does not understand does not start it. */
class BridgeApplicationTest {

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "--server.port=8586, true",
        "check-routes routes, true",
        "--NOTIFY_URL=x check-routes routes, true",
        "rotate-secrets, true",
        "--server.port=8586  --server.address=::1, true",
        "check-route routes, false",
        "-Dserver.port=8586, false",
        "--server.port=8586 server.port=1, false"
    })
    void an_argument_is_a_setting_or_belongs_to_a_command(String arguments, boolean understood) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");

        assertThat(BridgeApplication.isUnderstood(words)).isEqualTo(understood);
    }
}
