package io.faradaybridge.jira.http;

import io.faradaybridge.jira.JiraProblem;
import java.net.URI;
import java.net.UnknownHostException;
import org.springframework.stereotype.Component;

/** Checks in advance whether the network rule allows an address. Every connection is checked again when it is made. */
@Component
public class JiraNetwork {

    private final AllowedDnsResolver names;

    JiraNetwork(AllowedDnsResolver jiraNames) {
        this.names = jiraNames;
    }

    /**
     * The result for a host.
     *
     * @param problem BLOCKED_ADDRESS or UNKNOWN_HOST; OTHER if there is none
     */
    public record Verdict(JiraProblem problem, String message) {}

    public Verdict judge(URI address) {
        try {
            names.resolve(address.getHost().replaceAll("[\\[\\]]", ""));
            return new Verdict(JiraProblem.OTHER, "");
        } catch (AddressRefused refused) {
            return new Verdict(JiraProblem.BLOCKED_ADDRESS, String.valueOf(refused.getMessage()));
        } catch (UnknownHostException unknown) {
            return new Verdict(
                    JiraProblem.UNKNOWN_HOST, "the host " + address.getHost() + " is not known to the name server");
        }
    }
}
