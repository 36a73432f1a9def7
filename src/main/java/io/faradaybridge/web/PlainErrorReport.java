package io.faradaybridge.web;

import java.io.IOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Tomcat's own word on a request that it hands to nobody; Tomcat makes it by its name. */
public class PlainErrorReport extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType("application/json");
            response.setCharacterEncoding("utf-8");
            Writer out = response.getReporter();
            if (out != null) {
                out.write("{\"message\":\"" + ServerErrors.message(status) + "\"}");
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException gone) {
            getContainer().getLogger().debug("Nobody reads the error any more", gone);
        }
    }
}
