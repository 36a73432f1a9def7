package io.faradaybridge.jira.http;

import io.faradaybridge.jira.JiraProblem;
import java.net.URI;
import java.net.UnknownHostException;
import org.springframework.stereotype.Component;

/** Whether the network rule would let us call an address: a word in time. Every connection is judged again as it is made. */
@Component
public class JiraNetwork {

    private final AllowedDnsResolver names;

    JiraNetwork(AllowedDnsResolver jiraNames) {
        this.names = jiraNames;
    }

    /**
     * What stands in the way of a host.
     *
     * @param problem BLOCKED_ADDRESS or UNKNOWN_HOST; OTHER: nothing
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
