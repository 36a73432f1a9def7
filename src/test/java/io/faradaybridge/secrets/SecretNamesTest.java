package io.faradaybridge.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bridge.broker.password",
                "bridge.broker.Password",
                "bridge.jira.proxyPassword",
                "bridge.jira.proxy-password",
                "bridge.jira.PROXY_PASSWORD",
                "bridge.connection.accessToken",
                "bridge.connection.personal_access_token",
                "bridge.connection.apiToken",
                "bridge.secrets.key",
                "bridge.secrets.previousKey",
                "bridge.secrets.previous-key"
            })
    void a_secret_setting_is_one_however_it_is_spelt(String name) {
        assertThat(SecretNames.isSetting(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bridge.secrets.key-file",
                "bridge.connection.privateKeyFile",
                "bridge.connection.api-token-email",
                "bridge.access.wrong-tokens-per-address",
                "bridge.broker.username",
                "bridge.database.url"
            })
    void what_only_speaks_of_a_secret_is_shown(String name) {
        assertThat(SecretNames.isSetting(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_token",
                "accessToken",
                "RSA-Private-Key",
                "rsaPrivateKey",
                "sessionHandle",
                "session_handle",
                "Pass Phrase",
                "API key",
                "apiKey",
                "cookie"
            })
    void a_key_of_others_with_the_name_of_a_secret_is_one(String key) {
        assertThat(SecretNames.has(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"url", "consumer_key", "public_key", "project", "incoming", "enabled"})
    void others_are_none(String key) {
        assertThat(SecretNames.has(key)).isFalse();
    }
}
