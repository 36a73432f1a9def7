package io.faradaybridge.sandbox.jira;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every call that arrived, in the order of arrival. */
final class CallLog {

    /** Lets the one who answers note the status. */
    final class Entry {
        private final int generation;
        private final int position;

        private Entry(int generation, int position) {
            this.generation = generation;
            this.position = position;
        }

        void answered(int status) {
            synchronized (CallLog.this) {
                if (generation == CallLog.this.generation) {
                    deepestAnswered = Math.max(deepestAnswered, depths.get(position));
                    ReceivedCall call = calls.get(position);
                    calls.set(
                            position,
                            new ReceivedCall(call.kind(), call.method(), call.path(), call.query(), status, call.at()));
                }
            }
        }
    }

    private final List<ReceivedCall> calls = new ArrayList<>();
    /** For each call, how many calls in sequence ended with it: it may have waited for whatever was answered before. */
    private final List<Integer> depths = new ArrayList<>();

    private int deepestAnswered;
    private int generation;

    synchronized Entry arrived(RawRequest request, String path, Instant at) {
        calls.add(new ReceivedCall(
                ReceivedCall.Kind.of(request.method(), path), request.method(), path, request.rawQuery(), 0, at));
        // The sweep searches whenever it likes
        depths.add(calls.get(calls.size() - 1).kind() == ReceivedCall.Kind.SEARCH ? 0 : deepestAnswered + 1);
        return new Entry(generation, calls.size() - 1);
    }

    synchronized List<ReceivedCall> all() {
        return List.copyOf(calls);
    }

    /** How many answers had to be waited for, one after the other. */
    synchronized int rounds() {
        return depths.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    synchronized void clear() {
        calls.clear();
        depths.clear();
        deepestAnswered = 0;
        generation++;
    }
}
