package io.faradaybridge.incoming;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * In front of the webhook: 413 before a large body is kept, and 503 while the routes are not up, where the web server would
 * say 404 and Jira's administrator would look for a wrong address.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class WebhookGate extends OncePerRequestFilter {

    private static final String AS_IT_CAME = "application/octet-stream";
    static final int MAX_BYTES = 1024 * 1024;
    private static final Duration LONGEST_READ = Duration.ofSeconds(20);

    private final CamelContext camel;

    WebhookGate(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // decoded and without a context path, as the web server compares it: %75pdate-issues is no way around
        return !IncomingRoutes.PATH.equals(request.getServletPath());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (camel.getRouteController().getRouteStatus("incoming-ingress") != ServiceStatus.Started) {
            response.setHeader("Retry-After", "5");
            refuse(response, 503, "the bridge is starting or stopping; the sweep will find the change");
            return;
        }
        if (request.getContentLengthLong() > MAX_BYTES) {
            refuseTooLarge(response);
            return;
        }
        byte[] body;
        try {
            body = read(request.getInputStream());
        } catch (IOException cut) {
            response.setHeader("Connection", "close");
            refuse(response, 400, "the body did not arrive as it was announced; send it at once and with its length");
            return;
        }
        if (body.length > MAX_BYTES) {
            refuseTooLarge(response);
            return;
        }
        chain.doFilter(new Kept(request, body), response);
    }

    /** One byte more than is taken, at most; by a deadline, since a sender that dawdles holds a thread. */
    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        long began = System.nanoTime();
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            body.write(part, 0, read);
            if (body.size() > MAX_BYTES) {
                break;
            }
            if (System.nanoTime() - began > LONGEST_READ.toNanos()) {
                throw new IOException("The body took longer than " + LONGEST_READ.toSeconds() + " s to arrive.");
            }
        }
        return body.toByteArray();
    }

    private static void refuseTooLarge(HttpServletResponse response) throws IOException {
        refuse(response, 413, "the body is larger than 1 MiB; send only the documented fields");
    }

    private static void refuse(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getWriter().write("{\"message\":\"" + message + "\"}");
    }

    /**
     * The body as it came, whatever it is called: as a form, multipart or compressed body Camel would try to take it apart
     * before the route could say what is wrong with it.
     */
    private static final class Kept extends HttpServletRequestWrapper {

        private final ByteArrayInputStream body;

        Kept(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public String getContentType() {
            return AS_IT_CAME;
        }

        @Override
        public @Nullable String getHeader(String name) {
            if ("Content-Type".equalsIgnoreCase(name)) {
                return AS_IT_CAME;
            }
            return "Content-Encoding".equalsIgnoreCase(name) ? null : super.getHeader(name);
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {
                @Override
                public int read() {
                    return body.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    return body.read(target, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return body.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new IllegalStateException("the webhook is read synchronously");
                }
            };
        }
    }
}
