package io.faradaybridge.web;

import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;

/**
 * Tomcat's HTTP protocol without one step at the end of a chunked body that is read without blocking. During that read
 * Tomcat starts to work on the connection again, as for a new request. If the sender has closed its half of the
 * connection, this second worker sees the end and closes the other half before the present request is answered. The
 * step exists to signal that all is read, but that signal comes anyway at the end of the read.
 */
public final class WebServerProtocol extends Http11NioProtocol {

    @Override
    protected Processor createProcessor() {
        return new OneAtATime(this, getAdapter());
    }

    private static final class OneAtATime extends Http11Processor {

        OneAtATime(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
            super(protocol, adapter);
        }

        @Override
        protected void executeDispatches() {
            if (request.isRequestThread()) {
                clearDispatches();
            } else {
                super.executeDispatches();
            }
        }
    }
}
