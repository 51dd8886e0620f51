namespace Carillon.Actors.Tests;

public sealed class VirtualTimeProviderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VirtualTimeProvider _time = new(World.Start, dispatcher: null);
    private readonly List<string> _fired = [];

    [Fact]
    public void Clock_moves_only_when_advanced()
    {
        Assert.Equal(World.Start, _time.GetUtcNow());
        var before = _time.GetTimestamp();

        _time.Advance(1.5 * Second);

        Assert.Equal(World.Start + (1.5 * Second), _time.GetUtcNow());
        Assert.Equal(1.5 * Second, _time.GetElapsedTime(before));
    }

    [Fact]
    public void Timers_fire_in_due_order_each_at_its_due_time()
    {
        Timer("b", 2 * Second);
        Timer("a", Second);
        Timer("b, started later", 2 * Second);
        Timer("c", 3 * Second);

        _time.Advance(2 * Second);

        Assert.Equal(["a@1", "b@2", "b, started later@2"], _fired);
        Assert.Equal(World.Start + (3 * Second), _time.NextTimer);
    }

    [Fact]
    public void Periodic_timer_is_armed_from_its_due_time_however_far_the_clock_is_advanced()
    {
        Timer("p", Second, 10 * Second);
        _time.Advance(35 * Second);

        Assert.Equal(["p@1", "p@11", "p@21", "p@31"], _fired);
        Assert.Equal(World.Start + (41 * Second), _time.NextTimer);
    }

    [Fact]
    public void Timer_started_by_a_timer_fires_within_the_same_advance()
    {
        using var timer = _time.CreateTimer(
            _ =>
            {
                _fired.Add("first");
                Timer("second", Second);
            },
            null,
            Second,
            Timeout.InfiniteTimeSpan);

        _time.Advance(5 * Second);
        Assert.Equal(["first", "second@2"], _fired);
    }

    [Fact]
    public void Disposed_and_disarmed_timers_do_not_fire()
    {
        var disposed = Timer("disposed", Second);
        var disarmed = Timer("disarmed", Second);
        var moved = Timer("moved", Second);

        disposed.Dispose();
        Assert.False(disposed.Change(Second, Second));
        Assert.True(disarmed.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        Assert.True(moved.Change(3 * Second, Timeout.InfiniteTimeSpan));

        _time.Advance(5 * Second);
        Assert.Equal(["moved@3"], _fired);
        Assert.Null(_time.NextTimer);
    }

    [Fact]
    public async Task Actors_come_to_rest_between_two_timers_due_at_the_same_time()
    {
        await using var world = new World();
        var second = world.Spawn("second");
        world.Spawn("first", x =>
        {
            x.Starting = () => x.Kernel.Timers.StartSingle("t", "tick", Second);
            x.On("tick", () => second.Tell("told"));
        });
        world.Run();
        using var timer = world.Time.CreateTimer(_ => world.Journal.Add("clock:tick"), null, Second, Second);
        world.Journal.Take();

        world.Time.Advance(2 * Second);

        Assert.Equal(["first:tick", "second:told", "clock:tick", "clock:tick"], world.Journal.Take());
    }

    [Fact]
    public void Clock_does_not_go_back()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.Advance(-Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => _time.AdvanceTo(World.Start - Second));
    }

    [Fact]
    public void Advance_from_a_timer_is_refused()
    {
        InvalidOperationException? refused = null;
        using var timer = _time.CreateTimer(
            _ => refused = Assert.Throws<InvalidOperationException>(() => _time.Advance(Second)),
            null,
            Second,
            Timeout.InfiniteTimeSpan);

        _time.Advance(Second);
        Assert.NotNull(refused);
    }

    [Fact]
    public void Timer_beyond_the_end_of_time_never_fires()
    {
        _time.Advance(Second);
        Timer("never", TimeSpan.MaxValue);
        Timer("once", Second, period: TimeSpan.MaxValue);
        _time.Advance(TimeSpan.FromDays(365_000));

        Assert.Equal(["once@2"], _fired);
        Assert.Null(_time.NextTimer);
    }

    [Fact]
    public void Negative_times_are_refused()
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Timer("x", -2 * Second));
        Assert.Equal("dueTime", refused.ParamName);
    }

    private ITimer Timer(string name, TimeSpan due) => Timer(name, due, Timeout.InfiniteTimeSpan);

    private ITimer Timer(string name, TimeSpan due, TimeSpan period)
        => _time.CreateTimer(
            _ => _fired.Add($"{name}@{(_time.GetUtcNow() - World.Start).TotalSeconds}"), null, due, period);
}
