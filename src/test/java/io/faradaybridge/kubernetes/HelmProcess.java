package io.faradaybridge.kubernetes;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.faradaybridge.sandbox.InstalledProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Helm on the chart in {@code k8s/helm}, in a process of its own: its library is written in Go, which takes signals that
 * this JVM needs.
 */
final class HelmProcess {

    private HelmProcess() {}

    /** What the chart makes with the values of these files, and of these lines {@code name=value}. */
    static String template(List<String> valueFiles, String... values) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("template"));
        valueFiles.forEach(file -> arguments.add("file=" + file));
        for (String value : values) {
            arguments.add("set=" + value);
        }
        return run(arguments);
    }

    static void lint() throws IOException {
        run(List.of("lint"));
    }

    private static String run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HelmProcess.class.getName()));
        command.addAll(arguments);
        return InstalledProgram.run(command.toArray(String[]::new));
    }

    public static void main(String[] arguments) {
        Helm chart = new Helm(Manifests.CHART);
        if (arguments[0].equals("lint")) {
            LintResult result = chart.lint().strict().call();
            if (result.isFailed()) {
                throw new IllegalStateException(String.join("\n", result.getMessages()));
            }
            return;
        }
        TemplateCommand command = chart.template().withName(Manifests.NAME);
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            String[] parts = argument.split("=", 3);
            if (parts[0].equals("file")) {
                command.withValuesFile(Manifests.CHART.resolve(parts[1]));
            } else {
                command.set(parts[1], parts[2]);
            }
        }
        System.out.print(command.call());
    }
}
