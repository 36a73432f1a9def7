package io.faradaybridge.web;

import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;

/**
 * HTTP as Tomcat speaks it, but for the end of a body that comes in chunks and is read without waiting: in the middle of that
 * read Tomcat takes up the connection once more, as if for a new request. Where its sender has closed its half of the
 * connection, that one meets the end and closes the other half, before the request at work is answered. What it is meant for,
 * the event that all is read, comes without it, as soon as the read is through.
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
