using System.Buffers.Binary;
using Carillon.Model;

namespace Carillon.Metrics.Tests;

public sealed class JobHistorySnapshotTests
{
    [Fact]
    public void Snapshot_and_later_facts_equal_all_facts_for_random_streams_and_cuts()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var facts = RandomStream(seed, 300);
            var all = Fold(new JobHistory("a", 0, "billing", 40), facts);
            var random = new Random(seed);
            for (var cut = 0; cut < 5; cut++)
            {
                var at = random.Next(facts.Length + 1);
                var saved = Fold(new JobHistory("a", 0, "billing", 40), facts.Take(at)).Save();

                // The replay begins before the cut: what is folded already must not count again.
                var overlap = random.Next(at + 1);
                var restored = Fold(JobHistory.Restore(saved, "billing", 40), facts.Skip(overlap));

                AssertSame(all, restored, $"seed {seed}, cut at {at}, replay from {overlap}");
            }
        }
    }

    [Fact]
    public void Facts_folded_twice_count_once()
    {
        var facts = RandomStream(1, 200);
        var once = Fold(new JobHistory("a", 0, "billing", 40), facts);
        var twice = Fold(Fold(new JobHistory("a", 0, "billing", 40), facts), facts);

        AssertSame(once, twice, "all facts again");
    }

    [Fact]
    public void Snapshot_without_state_is_a_history_without_facts()
    {
        var empty = new HistorySnapshot("a", 4, 17, Facts.At(3), ReadOnlyMemory<byte>.Empty);
        var history = JobHistory.Restore(empty, "billing", 40);

        Assert.Equal(17, history.ThroughNo);
        Assert.Equal(Facts.At(3), history.PlannedThrough);
        Assert.Equal(default, history.Counts);
        Assert.Equal("billing", history.Category);
    }

    [Fact]
    public void Snapshot_restored_into_a_smaller_window_keeps_the_newest()
    {
        var facts = new Facts();
        for (var i = 1; i <= 10; i++)
        {
            facts.Run("a", i, Outcome.Succeeded, i);
        }

        var saved = Fold(new JobHistory("a", 0, "billing", 10), facts.All).Save();
        var smaller = JobHistory.Restore(saved, "billing", 4);

        var window = smaller.Statistics(Facts.Job("a").Definition, null).Window;
        Assert.Equal(4, window.Count);
        Assert.Equal(7, window.Min);
        Assert.Equal(10, window.Max);
    }

    [Fact]
    public void Snapshot_of_a_full_window_is_compact()
    {
        var facts = new Facts();
        var random = new Random(1);
        for (var i = 0; i < 1_000; i++)
        {
            facts.Run("a", i, Outcome.Succeeded, random.Next(10_000, 20_000));
        }

        var size = Fold(new JobHistory("a", 0, "billing", 1_000), facts.All).Save().State.Length;
        Assert.InRange(size, 1_000, 2_500);
    }

    [Fact]
    public void State_of_a_later_version_is_refused_by_name()
    {
        var state = Saved().State.ToArray();
        state[0] = 9;

        var problem = Refused(state);
        Assert.Contains("job 'a'", problem, StringComparison.Ordinal);
        Assert.Contains("version 9; this build understands version 5", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void State_with_any_byte_changed_is_refused()
    {
        var state = Saved().State.ToArray();
        for (var i = 0; i < state.Length; i++)
        {
            state[i] ^= 0x10;
            Refused(state);
            state[i] ^= 0x10;
        }
    }

    [Fact]
    public void State_cut_short_is_refused_at_every_length()
    {
        var state = Saved().State.ToArray();
        for (var length = 1; length < state.Length; length++)
        {
            Refused(state[..length]);
        }
    }

    [Fact]
    public void State_that_is_wrong_inside_is_refused_although_its_checksum_is_right()
    {
        var random = new Random(5);
        var state = Saved().State.ToArray();
        for (var i = 0; i < 2_000; i++)
        {
            var hostile = state[..random.Next(1, state.Length - 4)];
            for (var changes = random.Next(1, 4); changes > 0 && hostile.Length > 1; changes--)
            {
                hostile[random.Next(1, hostile.Length)] = (byte)random.Next(256);
            }

            AssertRefusedOrRestored([.. hostile, .. Checksum(hostile)]);
        }

        // One byte too many is refused, also with the right checksum.
        byte[] longer = [.. state[..^4], 0];
        Assert.Contains("left over", Refused([.. longer, .. Checksum(longer)]), StringComparison.Ordinal);
    }

    private static void AssertRefusedOrRestored(byte[] state)
    {
        try
        {
            Assert.Equal("a", JobHistory.Restore(new HistorySnapshot("a", 1, 1, null, state), "billing", 40).JobId);
        }
        catch (HistoryStateException refused)
        {
            Assert.Equal("a", refused.JobId);
        }
    }

    private static byte[] Checksum(byte[] bytes)
    {
        var hash = bytes.Aggregate(2166136261U, static (hash, b) => (hash ^ b) * 16777619U);
        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, hash);
        return checksum;
    }

    private static string Refused(byte[] state)
    {
        return Assert.Throws<HistoryStateException>(
            () => JobHistory.Restore(new HistorySnapshot("a", 1, 1, null, state), "billing", 40)).Message;
    }

    private static HistorySnapshot Saved()
    {
        return Fold(new JobHistory("a", 0, "billing", 40), RandomStream(3, 200)).Save();
    }

    private static ShardEvent[] RandomStream(int seed, int steps)
    {
        var random = new RandomFacts(seed, ["a"]);
        for (var i = 0; i < steps; i++)
        {
            random.Step();
        }

        return random.Facts.All;
    }

    private static JobHistory Fold(JobHistory history, IEnumerable<ShardEvent> facts)
    {
        foreach (var fact in facts)
        {
            history.Fold(fact);
        }

        return history;
    }

    private static void AssertSame(JobHistory expected, JobHistory actual, string when)
    {
        var (left, right) = (expected.Save(), actual.Save());
        Assert.True(left.State.Span.SequenceEqual(right.State.Span), when);
        Assert.Equal(left with { State = default }, right with { State = default });
    }
}
