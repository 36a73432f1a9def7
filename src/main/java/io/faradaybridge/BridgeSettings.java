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
 * @param dataDir what a single machine keeps on disk: the embedded broker's journal
 * @param publicUrl where browsers reach the bridge; empty: not behind a proxy
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
     * @param url where people reach Faraday, for links in issues; empty: no link
     * @param loginUrl where the bridge reaches Faraday's own sign-in, for accounts with a second factor, of LDAP or SAML;
     *     what follows {@code #}, {@code ?} or a placeholder does not count; empty: they cannot sign in
     * @param username the Faraday user in whose name queue messages and the sweep act; may not exist
     */
    public record Faraday(
            @NotNull @Pattern(regexp = "(https?://.+)?", message = "must be an http(s) URL or empty")
            String url,

            @NotNull @Pattern(regexp = "(https?://.+)?", message = "must be an http(s) URL or empty")
            String loginUrl,

            @NotBlank String username) {}

    /** @param dir replaces shipped route files by the same name; need not exist */
    public record Routes(@NotBlank String dir) {}

    /** @param interval how often due links and items are looked for */
    public record Detector(@DurationMin(millis = 100) Duration interval) {}

    /**
     * @param interval how often Jira is asked what changed
     * @param overlap how much further back each question reaches
     */
    public record Sweep(
            @DurationMin(seconds = 1) Duration interval,
            @DurationMin(seconds = 0) Duration overlap) {}

    /** @param consumers how many links are worked on at once, for each direction */
    public record Flow(@Min(1) int consumers) {}
}
