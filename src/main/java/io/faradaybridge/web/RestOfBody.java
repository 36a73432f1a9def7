package io.faradaybridge.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.IntSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets a filter see how much of a body has come with the head of its request, and discard the rest of a body. Otherwise
 * Tomcat would read it before the connection's next request, with one thread for each connection, for as long as the
 * sender sends.
 */
final class RestOfBody extends ValveBase {

    private static final String DROP = RestOfBody.class.getName() + ".DROP";
    private static final String PRESENT = RestOfBody.class.getName() + ".PRESENT";

    RestOfBody() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Runnable drop = () -> {
            response.setHeader("Connection", "close");
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            response.setErrorReported(); // the answer is complete; an error page would be a second one
        };
        request.setAttribute(DROP, drop);
        IntSupplier present = () -> {
            request.getCoyoteRequest().action(ActionCode.AVAILABLE, false);
            return request.getCoyoteRequest().getAvailable();
        };
        request.setAttribute(PRESENT, present);
        getNext().invoke(request, response);
    }

    /** The bytes of the body that can be read without waiting, before any was read. */
    static int present(HttpServletRequest request) {
        return request.getAttribute(PRESENT) instanceof IntSupplier present ? present.getAsInt() : 0;
    }

    /** Called after the answer's status is set: the connection is closed with the answer. */
    static void drop(HttpServletRequest request) {
        if (request.getAttribute(DROP) instanceof Runnable drop) {
            drop.run();
        }
    }
}
