package io.faradaybridge.secrets;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What stored secrets are encrypted with.
 *
 * @param key 32 bytes in base64; empty: the file counts
 * @param keyFile holds such a key; made at first start where it does not exist
 * @param previousKey the key before, still read with until everything is encrypted with the new one; empty: the file counts
 * @param previousKeyFile the same in a file; empty: there was none
 */
@Validated
@ConfigurationProperties("bridge.secrets")
record SecretSettings(
        @NotNull String key,
        @NotBlank String keyFile,
        @NotNull String previousKey,
        @NotNull String previousKeyFile) {

    @Override
    public String toString() {
        return "SecretSettings[key=***, keyFile=" + keyFile + ", previousKey=***, previousKeyFile=" + previousKeyFile
                + "]";
    }
}
