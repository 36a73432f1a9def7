package io.faradaybridge.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers in the form of the API when the web server or a filter refuses a request before a call is reached, for
 * example because of an invalid address. The answer is never an HTML page.
 */
@Configuration(proxyBeanMethods = false)
class ServerErrors {

    @RestController
    static class Shown implements ErrorController {

        @RequestMapping("${server.error.path:/error}")
        ResponseEntity<Map<String, Object>> error(HttpServletRequest request) {
            int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
            return ResponseEntity.status(status)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(ErrorAnswers.body(message(status)));
        }
    }

    /** The answer to a request that Tomcat itself refuses. Tomcat creates this class by its name. */
    public static class PlainErrorReport extends ErrorReportValve {

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
                    out.write(ErrorAnswers.json(message(status)));
                    response.finishResponse();
                }
            } catch (IOException | IllegalStateException gone) {
                getContainer().getLogger().debug("Nobody reads the error any more", gone);
            }
        }
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> noPageOfTomcats() {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(PlainErrorReport.class.getName());
            }
        });
    }

    static String message(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return switch (status) {
            case 400 ->
                "the request cannot be read: its address or a header is too long or contains invalid characters";
            case 404 -> "there is nothing at this address";
            default -> known == null ? "the request was answered " + status : known.getReasonPhrase();
        };
    }
}
