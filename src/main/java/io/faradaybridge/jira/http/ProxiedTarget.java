package io.faradaybridge.jira.http;

import java.io.IOException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * The network rule for calls through a proxy, which resolves names itself. So literal addresses, and names that this
 * machine can resolve, are checked before the proxy is called. For names that only the proxy can resolve, its own rules
 * apply.
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
            // only the proxy can resolve this name
        }
        return chain.proceed(request, scope);
    }
}
