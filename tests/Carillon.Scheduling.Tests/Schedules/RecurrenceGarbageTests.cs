using System.Diagnostics;
using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class RecurrenceGarbageTests
{
    private const int Inputs = 10_000;
    private const string Alphabet = "0123456789-+,;=:TZ RULEFQDAYMOBSXé\0";
    private static readonly TimeSpan SlowestInput = TimeSpan.FromSeconds(5);
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "Africa/Casablanca", "Australia/Lord_Howe"];
    private static readonly string[] Frequencies = "YEARLY MONTHLY WEEKLY DAILY HOURLY MINUTELY SECONDLY".Split(' ');

    [Fact]
    public void Garbage_is_refused_with_a_schedule_exception_or_gives_rising_occurrences()
    {
        var random = new Random(200_000);
        var valid = new RandomRecurrence(random);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var spec = new ScheduleSpec
            {
                Rrule = Text(random, valid),
                TimeZone = Zones[random.Next(Zones.Length)],
                Dst = (DstPolicy)random.Next(5),
                Start = random.Next(4) == 0 ? new DateTimeOffset(random.NextInt64(DateTime.MaxValue.Ticks), TimeSpan.Zero) : null,
            };
            var started = Stopwatch.GetTimestamp();
            try
            {
                AssertRising(spec.Schedule(), spec);
                accepted++;
            }
            catch (ScheduleException problem)
            {
                Assert.NotEmpty(problem.Problems);
                refused++;
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < SlowestInput, $"{spec} took longer than {SlowestInput}");
        }

        Assert.InRange(accepted, Inputs / 10, Inputs);
        Assert.InRange(refused, Inputs / 10, Inputs);
    }

    private static string Text(Random random, RandomRecurrence valid)
    {
        var text = random.Next(10) == 0
            ? new string(random.GetItems<char>(Alphabet, random.Next(60)))
            : valid.Rule(Frequencies[random.Next(Frequencies.Length)], Due.Anchor.DateTime);
        for (var edits = random.Next(4); edits > 0 && text.Length > 0; edits--)
        {
            var at = random.Next(text.Length);
            text = text[..at] + Alphabet[random.Next(Alphabet.Length)] + text[(at + random.Next(2))..];
        }

        return text;
    }

    private static void AssertRising(ISchedule schedule, ScheduleSpec spec)
    {
        var after = Due.Anchor;
        for (var i = 0; i < 3 && schedule.Next(after) is { } next; i++)
        {
            Assert.True(next > after && next.Ticks % TimeSpan.TicksPerMicrosecond == 0, $"{spec}: {next:O} after {after:O}");
            after = next;
        }
    }
}
