package io.faradaybridge.export.follow;

import io.faradaybridge.RouteFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** A fingerprint of the operator's files, equal on every replica: a change of one of them alone sends nothing. */
@Component
class TemplateVersion {

    private static final List<String> FILES =
            List.of("export-vulnerability.sql", "templates/summary.ftl", "templates/description.ftl");

    private final RouteFiles files;
    private volatile Read last = new Read(List.of(), "");

    private record Read(List<Long> changed, String version) {}

    TemplateVersion(RouteFiles files) {
        this.files = files;
    }

    /** Reads the files only if one of them has changed. */
    String present() throws IOException {
        List<Long> changed = new ArrayList<>();
        for (String file : FILES) {
            changed.add(files.changed(file));
        }
        if (!last.changed().equals(changed)) {
            int hash = 0;
            for (String file : FILES) {
                hash = 31 * hash + files.text(file).hashCode();
            }
            last = new Read(changed, Integer.toHexString(hash));
        }
        return last.version();
    }
}
