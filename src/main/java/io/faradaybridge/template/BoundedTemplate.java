package io.faradaybridge.template;

import freemarker.template.Template;
import freemarker.template.TemplateException;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A parsed template that fails if it takes too long or writes too much. */
final class BoundedTemplate extends Template {

    private final transient Template parsed;
    private final transient Duration time;
    private final int characters;

    /** @param parsed contains checks for interruption; without them only its output is limited */
    BoundedTemplate(Template parsed, Duration time, int characters) throws IOException {
        super(parsed.getName(), "", parsed.getConfiguration());
        this.parsed = parsed;
        this.time = time;
        this.characters = characters;
    }

    @Override
    public void process(@Nullable Object model, Writer out) throws TemplateException, IOException {
        Thread renderer = Thread.currentThread();
        CompletableFuture<Boolean> finished =
                new CompletableFuture<Boolean>().orTimeout(time.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Boolean> interrupted = finished.handle((done, late) -> {
            if (late != null) {
                renderer.interrupt();
            }
            return late != null;
        });
        try {
            parsed.process(model, new BoundedWriter(out));
        } catch (StackOverflowError e) {
            throw failure("calls itself without end", e);
        } catch (RuntimeException e) {
            if (finished.isDone()) {
                throw failure("took longer than " + time.toSeconds() + " s", e);
            }
            throw e;
        } finally {
            // the interruption was for this template only: if it stayed set, the thread's next JDBC or HTTP call would
            // fail
            if (!finished.complete(true) && interrupted.join()) {
                Thread.interrupted();
            }
        }
    }

    private TemplateException failure(String what, Throwable cause) {
        return new TemplateException(
                "template " + getName() + " " + what + "; simplify it", new IllegalStateException(cause), null);
    }

    private final class BoundedWriter extends FilterWriter {

        private int left = characters;

        BoundedWriter(Writer out) {
            super(out);
        }

        private void take(int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException("template " + getName() + " writes more than " + characters
                        + " characters; limit long values, as in wiki(vuln.data, 4000)");
            }
        }

        @Override
        public void write(int character) throws IOException {
            take(1);
            out.write(character);
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            take(length);
            out.write(text, offset, length);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            take(length);
            out.write(text, offset, length);
        }
    }
}
