package io.faradaybridge.connection;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What stored secrets are encrypted with.
 *
 * @param key 32 bytes in base64; empty: the file counts
 * @param keyFile holds such a key; made at first start where it does not exist
 */
@Validated
@ConfigurationProperties("bridge.secrets")
record SecretSettings(@NotNull String key, @NotBlank String keyFile) {

    @Override
    public String toString() {
        return "SecretSettings[key=***, keyFile=" + keyFile + "]";
    }
}
