package io.faradaybridge;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The settings that belong to no single capability; defaults are in {@code application.yaml}.
 *
 * @param dataDir the folder for what stays on this machine's disk: the journal of the embedded broker
 * @param publicUrl the address at which browsers reach the bridge; empty if there is no proxy
 */
@Validated
@ConfigurationProperties("bridge")
public record BridgeSettings(
        @NotBlank String dataDir,

        @NotNull @Pattern(regexp = "(https?://.+)?", message = "must be an http(s) URL or empty")
        String publicUrl,

        @Valid @NotNull Faraday faraday,
        @Valid @NotNull Routes routes,
        @Valid @NotNull Detector detector,
        @Valid @NotNull Sweep sweep,
        @Valid @NotNull Flow flow) {

    /**
     * @param url the address at which browsers reach Faraday, for links in issues; empty: no link
     * @param loginUrl the address at which the bridge reaches Faraday's own sign-in, for accounts of LDAP or SAML or
     *     with a second factor; anything from {@code #}, {@code ?} or a placeholder on is ignored; empty: these
     *     accounts cannot sign in
     * @param api the account with which the bridge reads files through Faraday's API, at the address of {@code loginUrl}
     * @param username the Faraday user that changes by queue messages and the sweep are recorded for; need not exist
     */
    public record Faraday(
            @NotNull @Pattern(regexp = "(https?://.+)?", message = "must be an http(s) URL or empty")
            String url,

            @NotNull @Pattern(regexp = "(https?://.+)?", message = "must be an http(s) URL or empty")
            String loginUrl,

            @NotBlank String username,
            @Valid @NotNull Api api) {

        /** @param password empty: nothing is read through Faraday's API */
        public record Api(@NotNull String username, @NotNull String password) {

            @Override
            public String toString() {
                return "Api[" + username + "]";
            }
        }

        /** Where Faraday's API is, without the part for browsers: {@code https://host/#/vulns/{id}} becomes {@code https://host}. */
        public String address() {
            return loginUrl.replaceFirst("[#?{].*", "").replaceFirst("/+$", "");
        }

        /** Whether the bridge has an account with which it can read through Faraday's API. */
        public boolean hasApiAccount() {
            return !address().isEmpty()
                    && !api.username().isEmpty()
                    && !api.password().isEmpty();
        }
    }

    /** @param dir its files replace the shipped route files of the same name; need not exist */
    public record Routes(@NotBlank String dir) {}

    /** @param interval how often the bridge looks for due links and items */
    public record Detector(@DurationMin(millis = 100) Duration interval) {}

    /**
     * @param interval how often the bridge asks Jira which issues changed
     * @param overlap how much of the time before the last search each search covers again
     */
    public record Sweep(
            @DurationMin(seconds = 1) Duration interval,
            @DurationMin(seconds = 0) Duration overlap) {}

    /** @param consumers how many links are worked on at once, for each direction */
    public record Flow(@Min(1) int consumers) {}
}
