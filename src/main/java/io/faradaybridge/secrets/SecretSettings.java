package io.faradaybridge.secrets;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The keys that encrypt stored secrets.
 *
 * @param key 32 bytes in base64; empty: the key in {@code keyFile} is used
 * @param keyFile holds such a key; created at the first start if it does not exist
 * @param previousKey the previous key, used for reading until everything is encrypted with the new one; empty: the key
 *     in {@code previousKeyFile} is used
 * @param previousKeyFile a file with the previous key; empty if there is none
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
