namespace Carillon.Actors.Tests;

public sealed class TimerQueueTests
{
    [Fact]
    public void Queue_agrees_with_a_sorted_list_through_random_starts_changes_and_cancellations()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var now = TimeSpan.Zero;
            var queue = new TimerQueue(() => now);
            var fired = new List<int>();
            var timers = new List<ITimer>();
            var expected = new List<(TimeSpan Due, int Order, int Id)>();

            for (var step = 0; step < 300; step++)
            {
                var due = TimeSpan.FromTicks(random.Next(50));
                var id = random.Next(timers.Count + 1);
                if (id == timers.Count)
                {
                    timers.Add(queue.Create(_ => fired.Add(id), null, due, TimeSpan.Zero));
                }
                else
                {
                    var disarm = random.Next(3) == 0;
                    timers[id].Change(disarm ? Timeout.InfiniteTimeSpan : due, TimeSpan.Zero);
                    expected.RemoveAll(x => x.Id == id);
                    if (disarm)
                    {
                        continue;
                    }
                }

                expected.Add((now + due, step, id));
                now += TimeSpan.FromTicks(random.Next(3));
                Assert.Equal(TakeExpected(expected, now), TakeActual(queue, fired, now));
            }
        }
    }

    [Fact]
    public void Missed_periods_come_to_one_firing_and_the_next_keeps_the_beat()
    {
        var now = TimeSpan.Zero;
        var queue = new TimerQueue(() => now);
        using var timer = queue.Create(static _ => { }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

        now = TimeSpan.FromSeconds(35);
        Assert.NotNull(queue.TakeDue(now));
        Assert.Null(queue.TakeDue(now));
        Assert.Equal(TimeSpan.FromSeconds(41), queue.NextDue);
    }

    [Fact]
    public void Earliest_timer_is_announced_and_no_other()
    {
        var announced = new List<double>();
        var queue = new TimerQueue(() => TimeSpan.Zero, due => announced.Add(due.TotalSeconds));
        foreach (var seconds in new[] { 5, 7, 3, 9, 4, 1 })
        {
            queue.Create(static _ => { }, null, TimeSpan.FromSeconds(seconds), TimeSpan.Zero);
        }

        Assert.Equal([5, 3, 1], announced);
    }

    private static List<int> TakeExpected(List<(TimeSpan Due, int Order, int Id)> armed, TimeSpan now)
    {
        var due = armed.Where(x => x.Due <= now).OrderBy(x => x.Due).ThenBy(x => x.Order).Select(x => x.Id).ToList();
        armed.RemoveAll(x => x.Due <= now);
        return due;
    }

    private static List<int> TakeActual(TimerQueue queue, List<int> fired, TimeSpan now)
    {
        fired.Clear();
        while (queue.TakeDue(now) is { } timer)
        {
            timer.Fire();
        }

        return [.. fired];
    }
}
