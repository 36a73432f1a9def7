package io.faradaybridge.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the packaged jar, and other jars beside it in turns, and prints the medians. {@code bench/run} says how it is
 * called.
 */
final class Figures {

    private static final int ROUNDS = Integer.getInteger("figures.rounds", 5);
    private static final List<String> OPTIONS = Arrays.stream(
                    System.getProperty("figures.options", "").split(" "))
            .filter(option -> !option.isEmpty())
            .toList();

    /** By the name of a figure and by the number of the jar. */
    private final Map<String, List<List<Double>>> measured = new LinkedHashMap<>();

    private final List<Path> jars;

    private Figures(List<Path> jars) {
        this.jars = jars;
    }

    /** @param others jars to measure beside the packaged one */
    public static void main(String[] others) {
        List<Path> jars = new ArrayList<>(Arrays.stream(others).map(Path::of).toList());
        jars.add(BridgeProcess.JAR);
        new Figures(jars).measure();
        System.exit(0);
    }

    private void measure() {
        for (int round = 1; round <= ROUNDS; round++) {
            for (int n = 0; n < jars.size(); n++) {
                int jar = n;
                new FiguresOfOne(jars.get(jar), OPTIONS).measure((figure, value) -> {
                    System.err.printf(Locale.ROOT, "%s: %s %.2f%n", jars.get(jar), figure, value);
                    values(figure, jar).add(value);
                });
            }
        }
        print();
    }

    private List<Double> values(String figure, int jar) {
        List<List<Double>> ofJars = measured.computeIfAbsent(figure, first -> new ArrayList<>());
        while (ofJars.size() <= jar) {
            ofJars.add(new ArrayList<>());
        }
        return ofJars.get(jar);
    }

    private void print() {
        System.out.printf("Medians of %d, Java %s %s%n", ROUNDS, System.getProperty("java.version"), OPTIONS);
        System.out.printf("%-46s", "");
        jars.forEach(jar -> System.out.printf(" %16s", jar.equals(BridgeProcess.JAR) ? "this jar" : "jar before"));
        System.out.println();
        measured.forEach((figure, ofJars) -> {
            System.out.printf("%-46s", figure);
            ofJars.forEach(values -> System.out.printf(Locale.ROOT, " %16.2f", median(values)));
            System.out.println();
        });
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
