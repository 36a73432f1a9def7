package io.faradaybridge.flows;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** The lines in which two texts differ, in the unified form that programs such as {@code patch} read. */
final class Difference {

    private static final int AROUND = 3;

    private Difference() {}

    /** Empty if there is none. */
    static String between(String before, String one, String after, String other) {
        List<String> lines = one.lines().toList();
        return String.join(
                "\n",
                UnifiedDiffUtils.generateUnifiedDiff(
                        before,
                        after,
                        lines,
                        DiffUtils.diff(lines, other.lines().toList()),
                        AROUND));
    }
}
