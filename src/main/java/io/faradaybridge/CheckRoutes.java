package io.faradaybridge;

import freemarker.core.ParseException;
import freemarker.template.Configuration;
import freemarker.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The command {@code check-routes DIR}: reads a routes folder as a start would do, and prints all that is wrong. It needs
 * neither database nor broker and changes nothing.
 */
final class CheckRoutes {

    static final String COMMAND = "check-routes";

    private static final int WRONG = 1;
    private static final int NOT_CHECKED = 2;

    private final RoutesFolder folder;
    private final Set<RouteFinding> findings = new TreeSet<>(Comparator.comparing(RouteFinding::file)
            .thenComparing(RouteFinding::line)
            .thenComparing(RouteFinding::column)
            .thenComparing(RouteFinding::problem));
    private final List<String> notes = new ArrayList<>();

    private CheckRoutes(RoutesFolder folder) {
        this.folder = folder;
    }

    /** @param findings in the order of files and lines */
    record Result(List<String> notes, List<String> findings) {}

    /**
     * Prints a line for each file and for each finding.
     *
     * @return the process's exit status: 0 if all is well
     */
    static int run(String... arguments) {
        Predicate<String> setting = argument -> argument.startsWith("--");
        List<String> words = Arrays.stream(arguments).filter(setting.negate()).toList();
        if (words.size() != 2 || !Files.isDirectory(Path.of(words.get(1)))) {
            System.err.println("Usage: " + COMMAND + " DIR, where DIR is a folder with route files"
                    + (words.size() == 2 ? "; " + words.get(1) + " is none" : ""));
            return NOT_CHECKED;
        }
        try {
            Result result = of(
                    words.get(1),
                    Stream.concat(
                                    Stream.of("--logging.level.root=off"),
                                    Arrays.stream(arguments).filter(setting))
                            .toArray(String[]::new));
            result.notes().forEach(System.out::println);
            result.findings().forEach(System.out::println);
            System.out.println(
                    result.findings().isEmpty()
                            ? "All is well."
                            : "Findings: " + result.findings().size());
            return result.findings().isEmpty() ? 0 : WRONG;
        } catch (StartRefused refused) {
            System.out.println(refused.getMessage());
            return WRONG;
        }
    }

    /** @param settings as arguments of the command line, beside those of the environment */
    static Result of(String dir, String... settings) {
        CheckRoutes check = new CheckRoutes(new RoutesFolder(dir));
        check.all(DefinedBeans.of(BridgeApplication.class, settings));
        check.findings.addAll(beside(check.folder));
        return new Result(
                check.notes,
                check.findings.stream().map(finding -> finding.in(check.folder)).toList());
    }

    /** What is wrong in the flows of a folder and stops a start. */
    static Set<RouteFinding> flows(RoutesFolder folder, DefinedBeans beans) {
        CheckRoutes check = new CheckRoutes(folder);
        check.all(beans);
        check.findings.removeIf(finding -> !RoutesFolder.isFlow(finding.file()));
        return check.findings;
    }

    /** What is wrong in the SQL and templates of a folder, as far as it can be seen before they are used. */
    static List<RouteFinding> beside(RoutesFolder folder) {
        List<RouteFinding> findings = new ArrayList<>();
        for (RoutesFolder.RouteFile file : folder.beside()) {
            if (file.own()) {
                try {
                    beside(file.name(), folder.text(file.name())).ifPresent(findings::add);
                } catch (IOException e) {
                    findings.add(new RouteText(file.name(), "").unreadable(e));
                }
            }
        }
        return findings;
    }

    private void all(DefinedBeans beans) {
        try (DefaultCamelContext camel = new DefaultCamelContext(new DefaultRegistry(beans))) {
            camel.disableJMX();
            camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
            camel.getPropertiesComponent().addPropertiesSource(source(beans.settings()));
            camel.build();
            RouteFiles files = new RouteFiles(folder, null);
            camel.addRoutesConfigurations(files);
            for (RouteBuilder compiled : beans.routes()) {
                camel.addRoutes(compiled);
            }
            RouteCheck check = files.check(camel);
            new StepCheck(camel, check).all();
            findings.addAll(check.findings());
            files.inUse().stream().filter(RouteFiles.InUse::own).forEach(this::file);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The compiled routes cannot be used", e);
        }
    }

    private static PropertiesSource source(Environment settings) {
        return new PropertiesSource() {
            @Override
            public String getName() {
                return "settings";
            }

            @Override
            public @Nullable String getProperty(String name) {
                return settings.getProperty(name);
            }
        };
    }

    private void file(RouteFiles.InUse file) {
        String shipped = file.shipped();
        if (shipped == null) {
            notes.add(file.name() + " is added");
        } else if (shipped.equals(file.text())) {
            notes.add(file.name() + " is the shipped file: remove it, so that an upgrade changes it");
        } else {
            notes.add(file.name() + " replaces the shipped file of its name"
                    + missing(new RouteText(file.name(), file.text()), shipped));
        }
    }

    /** What an upgrade has added to the shipped file, or the operator has removed from the copy. */
    private static String missing(RouteText own, String shipped) {
        List<String> missing = own.missing(shipped);
        return missing.isEmpty() ? "" : "; it was left behind by an upgrade if you did not remove from it: " + missing;
    }

    private static Optional<RouteFinding> beside(String name, String text) throws IOException {
        if (name.equals("export-vulnerability.sql") && !text.contains(":?ids")) {
            return Optional.of(new RouteFinding(
                    name,
                    1,
                    1,
                    "it does not read the vulnerabilities that are asked for, since :?ids is missing",
                    "Copy the condition from the shipped file"));
        }
        if (!name.endsWith(".ftl")) {
            return Optional.empty();
        }
        try {
            new Template(name, text, new Configuration(Configuration.VERSION_2_3_34));
            return Optional.empty();
        } catch (ParseException e) {
            return Optional.of(new RouteFinding(
                    name,
                    e.getLineNumber(),
                    e.getColumnNumber(),
                    RouteText.oneLine(e.getEditorMessage()),
                    "Correct it; until then the issues that use it are refused"));
        }
    }
}
