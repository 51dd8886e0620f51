using System.Diagnostics;
using System.Text;
using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class ScheduleGarbageTests
{
    private const int Inputs = 1_000_000;
    private const long MostAllocated = 16 * 1024 * 1024;
    private const string CronAlphabet = "0123456789*/,-?LWH#() @\tJANMONdaily";
    private static readonly TimeSpan SlowestInput = TimeSpan.FromSeconds(5);
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "Africa/Casablanca", "Australia/Lord_Howe"];

    [Fact]
    public void Garbage_is_refused_with_a_schedule_exception_or_gives_rising_occurrences()
    {
        var random = new Random(1_000_000);
        var valid = new RandomCron(random);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var spec = Spec(random, valid);
            var started = Stopwatch.GetTimestamp();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                AssertRising(ScheduleFactory.Create(spec, Text(random, 10), Due.Anchor), spec);
                accepted++;
            }
            catch (ScheduleException problem)
            {
                Assert.NotEmpty(problem.Problems);
                refused++;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < SlowestInput, $"{spec} took longer than {SlowestInput}");
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, MostAllocated);
        }

        // Both ends of the grammar must have been reached, or the inputs prove nothing.
        Assert.InRange(accepted, Inputs / 50, Inputs);
        Assert.InRange(refused, Inputs / 50, Inputs);
    }

    private static ScheduleSpec Spec(Random random, RandomCron valid) => random.Next(9) switch
    {
        0 => new ScheduleSpec { Cron = Text(random, 40) },
        1 => new ScheduleSpec { Cron = Fields(random, random.Next(4, 8)) },
        2 => new ScheduleSpec { QuartzCron = Fields(random, random.Next(5, 9)) },
        3 => new ScheduleSpec { Cron = Fields(random, 5), TimeZone = Text(random, 12) },
        4 => Durations(random),
        5 => new ScheduleSpec { Cron = Bytes(random, 60), TimeZone = Zones[random.Next(Zones.Length)] },
        6 => new ScheduleSpec
        {
            QuartzCron = "0 " + Mutate(random, valid.Expression()),
            Jitter = TimeSpan.FromHours(random.Next(25)),
        },
        _ => new ScheduleSpec
        {
            Cron = Mutate(random, valid.Expression()),
            TimeZone = Zones[random.Next(Zones.Length)],
            Dst = (DstPolicy)random.Next(6),
        },
    };

    private static ScheduleSpec Durations(Random random) => new()
    {
        Every = random.Next(2) == 0
            ? new TimeSpan(random.NextInt64())
            : TimeSpan.FromMilliseconds(random.Next(100_000)),
        Jitter = new TimeSpan(random.NextInt64(-10, 100_000)),
        Start = Instant(random),
        End = Instant(random),
    };

    private static DateTimeOffset? Instant(Random random) =>
        random.Next(2) == 0 ? new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks), TimeSpan.Zero) : null;

    private static string Text(Random random, int length) => new(
        [.. Enumerable.Range(0, random.Next(length)).Select(_ => (char)random.Next(char.MaxValue + 1))]);

    private static string Bytes(Random random, int length)
    {
        var bytes = new byte[random.Next(length)];
        random.NextBytes(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static string Fields(Random random, int count) => string.Join(
        ' ',
        Enumerable.Range(0, count).Select(_ => random.Next(2) == 0
            ? "*"
            : new string(random.GetItems<char>(CronAlphabet, random.Next(1, 6)))));

    private static string Mutate(Random random, string text)
    {
        for (var edits = random.Next(3); edits > 0; edits--)
        {
            var at = random.Next(text.Length);
            text = text[..at] + CronAlphabet[random.Next(CronAlphabet.Length)] + text[(at + random.Next(2))..];
        }

        return text;
    }

    private static void AssertRising(ISchedule schedule, ScheduleSpec spec)
    {
        var after = Due.Anchor;
        for (var i = 0; i < 3 && schedule.Next(after) is { } next; i++)
        {
            Assert.True(next > after, $"{spec}: {next:O} is not after {after:O}");
            Assert.Equal(0, next.Ticks % TimeSpan.TicksPerMicrosecond);
            after = next;
        }
    }
}
