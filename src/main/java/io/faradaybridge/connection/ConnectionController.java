package io.faradaybridge.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.jira.answers.Myself;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's connection to Jira: address, key pair, credentials, and the test of the connection. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/connection")
class ConnectionController {

    private final ConnectionSetup setup;
    private final ConnectionReport report;
    private final ConnectionTest test;

    ConnectionController(ConnectionSetup setup, ConnectionReport report, ConnectionTest test) {
        this.setup = setup;
        this.report = report;
        this.test = test;
    }

    /** @param message what to do with the new key */
    record KeysView(String rsaPublicKey, int bits, String authorizationState, String message) {}

    /** The bridge's account in Jira. */
    record AccountView(String id, String displayName) {

        static @Nullable AccountView of(@Nullable Myself account) {
            return account == null ? null : new AccountView(account.id(), account.displayName());
        }
    }

    /** @param connection the connection after the change */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CredentialsView(@Nullable AccountView account, ConnectionView connection) {}

    /** @param bits null for 2048 */
    record KeysRequest(@Schema(description = BITS) @Nullable Integer bits) {
        private static final String BITS = "2048, 3072 or 4096";

        KeysRequest {
            if (bits != null && !Set.of(2048, 3072, 4096).contains(bits)) {
                throw new InvalidRequest("bits", "must be " + BITS);
            }
        }
    }

    @GetMapping
    @Operation(summary = "Show the connection to Jira")
    @PreAuthorize("hasAuthority('integrations_auth:read')")
    ConnectionView show() {
        return report.now(List.of());
    }

    /** The public key in the form for Jira's Application Link. */
    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(summary = "Show the connection to Jira")
    @PreAuthorize("hasAuthority('integrations_auth:read')")
    String publicKey() {
        String key = report.now(List.of()).rsaPublicKey();
        if (key.isEmpty()) {
            throw ErrorAnswers.notFound("there is no key pair yet; make one with POST connection/keys");
        }
        return key;
    }

    /** Body: {@link ConnectionRequest}. */
    @PutMapping
    @Operation(summary = "Set Jira's address and the consumer key")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    ConnectionView connect(@RequestBody ConnectionRequest request, FaradayUser user) {
        List<String> warnings = new ArrayList<>(setup.connect(request, user));
        if (JiraAddress.isCloudPage(request.url())) {
            warnings.add("The address was that of a page; " + request.address()
                    + " is saved, since Jira Cloud has its API there");
        }
        if (JiraAddress.isGateway(request.address())) {
            warnings.add(
                    "The address is that of Atlassian's gateway, where links to issues lead nowhere. Save the site's"
                            + " own address, such as https://example.atlassian.net, and store the token as scoped_token: the"
                            + " bridge finds the gateway by itself");
        }
        return report.now(warnings);
    }

    /** Body: none, or {@code {"bits": 3072}}. */
    @PostMapping("/keys")
    @Operation(summary = "Make a new key pair")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    KeysView makeKeys(@RequestBody(required = false) @Nullable KeysRequest request, FaradayUser user) {
        int bits = request == null || request.bits() == null ? 2048 : request.bits();
        String key = setup.makeKeys(bits, user);
        ConnectionView now = report.now(List.of());
        return new KeysView(
                key,
                bits,
                now.authorizationState(),
                "Paste this key into Jira's Application Link in place of the old one. An OAuth authorisation with"
                        + " another key is removed");
    }

    /** The same call, which returns only the public key. */
    @PostMapping(path = "/keys", produces = MediaType.TEXT_PLAIN_VALUE)
    @Operation(summary = "Make a new key pair")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    String makeKeysForPasting(@RequestBody(required = false) @Nullable KeysRequest request, FaradayUser user) {
        return makeKeys(request, user).rsaPublicKey();
    }

    /** Body: {@link CredentialsRequest}. They are tested first and not saved if Jira does not accept them. */
    @PutMapping("/credentials")
    @Operation(summary = "Give a token in place of OAuth")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    CredentialsView give(@RequestBody CredentialsRequest request, FaradayUser user) {
        Myself account = setup.give(request, user);
        return new CredentialsView(AccountView.of(account), report.now(List.of()));
    }

    @DeleteMapping("/credentials")
    @Operation(summary = "Forget the stored credentials")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    ConnectionView forget(FaradayUser user) {
        return report.now(setup.forgetCredentials(user));
    }

    /** Always 200, also if the test finds a problem. */
    @PostMapping("/test")
    @Operation(summary = "Test the connection")
    @PreAuthorize("hasAuthority('integrations_auth:create')")
    ConnectionTest.View test() {
        return test.now();
    }
}
