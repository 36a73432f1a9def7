package io.faradaybridge.jira.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;

/**
 * Resolves a host and returns only the addresses that the network rule allows. The client connects to exactly these, so
 * a later change of the name has no effect.
 */
public final class AllowedDnsResolver implements DnsResolver, AutoCloseable {

    private final AllowedAddresses rule;
    private final DnsResolver names;
    private final Duration patience;
    private final ExecutorService lookUps = Executors.newCachedThreadPool(new DefaultThreadFactory("jira-name", true));

    /** @param patience the time limit for the name server, because a call must not take longer than its deadline */
    public AllowedDnsResolver(AllowedAddresses rule, DnsResolver names, Duration patience) {
        this.rule = rule;
        this.names = names;
        this.patience = patience;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> allowed = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (InetAddress address : lookUp(host)) {
            String whyNot = rule.whyNot(address);
            if (whyNot.isEmpty()) {
                allowed.add(address);
            } else {
                refused.add(whyNot);
            }
        }
        if (allowed.isEmpty()) {
            throw new AddressRefused(String.join("; ", refused));
        }
        return allowed.toArray(InetAddress[]::new);
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        Future<InetAddress[]> answer = lookUps.submit(() -> names.resolve(host));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new UnknownHostException("the name server did not answer");
        } catch (ExecutionException e) {
            throw new UnknownHostException(host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    @Override
    public void close() {
        lookUps.shutdownNow();
    }
}
