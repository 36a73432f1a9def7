package io.faradaybridge.jira.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.jira.JiraProblem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.NullEntity;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Calls with other credentials than the configured ones: to test credentials before they are stored, for the OAuth
 * servlets, whose signature has more parameters, and to get the access token of a service account. Client, connections, network rule and deadlines are those of all other
 * calls.
 */
@Component
public class SignedCalls {

    private static final Duration WAIT_FOR_A_CONNECTION = Duration.ofSeconds(2);

    private final CloseableHttpClient client;
    private final ObjectMapper json;

    SignedCalls(CloseableHttpClient jiraOwnCalls, ObjectMapper json) {
        this.client = jiraOwnCalls;
        this.json = json;
    }

    /**
     * @param path below the base URL, already percent-encoded
     * @throws NoAnswer if there was no complete answer
     */
    public HttpAnswer send(String method, String path, RequestSigner.Party party, Duration deadline) throws NoAnswer {
        return send(method, path, method.equals("POST") ? NullEntity.INSTANCE : null, party, deadline);
    }

    /**
     * Posts a form; its values may be secret.
     *
     * @throws NoAnswer if there was no complete answer
     */
    public HttpAnswer post(String path, Map<String, String> form, RequestSigner.Party party, Duration deadline)
            throws NoAnswer {
        List<NameValuePair> pairs = form.entrySet().stream()
                .<NameValuePair>map(field -> new BasicNameValuePair(field.getKey(), field.getValue()))
                .toList();
        return send("POST", path, new UrlEncodedFormEntity(pairs, StandardCharsets.UTF_8), party, deadline);
    }

    private HttpAnswer send(
            String method, String path, @Nullable HttpEntity body, RequestSigner.Party party, Duration deadline)
            throws NoAnswer {
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(party.baseUrl() + path));
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(WAIT_FOR_A_CONNECTION))
                .setResponseTimeout(Timeout.of(deadline))
                .build());
        request.setHeader("Accept", "application/json, text/plain;q=0.9, */*;q=0.1");
        if (body != null) {
            request.setEntity(body);
        }
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(RequestSigner.PARTY, party);
        try {
            return client.execute(request, context, this::read);
        } catch (NoAnswer broken) {
            throw broken;
        } catch (IOException e) {
            throw new NoAnswer("nothing could be sent", false, JiraProblem.OTHER, e);
        }
    }

    private HttpAnswer read(ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName(), String.valueOf(header.getValue()));
        }
        return HttpAnswer.of(response.getCode(), headers, bytes(response.getEntity()), json);
    }

    private static byte[] bytes(@Nullable HttpEntity entity) throws IOException {
        return entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
    }
}
