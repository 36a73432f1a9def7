package io.faradaybridge.jira.http;

import java.io.IOException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * The network rule where a proxy connects for us: it resolves the name itself, so addresses written out, and names that this
 * machine knows, are judged before it is asked. Names that only the proxy knows are for its own rules.
 */
final class ProxiedTarget implements ExecChainHandler {

    private final AllowedDnsResolver names;

    ProxiedTarget(AllowedDnsResolver names) {
        this.names = names;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try {
            names.resolve(scope.route.getTargetHost().getHostName());
        } catch (AddressRefused refused) {
            throw refused;
        } catch (UnknownHostException knownToTheProxyOnly) {
            // the proxy's affair
        }
        return chain.proceed(request, scope);
    }
}
