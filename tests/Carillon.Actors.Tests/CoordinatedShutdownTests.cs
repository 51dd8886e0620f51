using Microsoft.Extensions.Logging;

namespace Carillon.Actors.Tests;

public sealed class CoordinatedShutdownTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly DeterministicDispatcher _dispatcher = new(1);
    private readonly VirtualTimeProvider _time;
    private readonly RecordingLoggerFactory _logs = new();
    private readonly List<string> _ran = [];
    private readonly CoordinatedShutdown _shutdown;

    public CoordinatedShutdownTests()
    {
        _time = new VirtualTimeProvider(World.Start, _dispatcher);
        _shutdown = new CoordinatedShutdown(_time, _dispatcher, _logs);
        _shutdown.AddPhase("leave", Second);
        _shutdown.AddPhase("stop", Second);
    }

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Phases_run_in_the_order_they_were_added_the_tasks_of_one_together()
    {
        var leaving = new TaskCompletionSource();
        Add("stop", "actors");
        Add("leave", "cluster", leaving.Task);
        Add("leave", "web");

        var run = Run();
        Assert.Equal(["cluster", "web"], _ran);
        leaving.SetResult();
        _dispatcher.RunUntilIdle();

        await run.Within("shutdown");
        Assert.Equal(["cluster", "web", "actors"], _ran);
    }

    [Fact]
    public async Task Shutdown_runs_once()
    {
        Add("stop", "actors");

        var first = _shutdown.RunAsync("first");
        var second = Run();

        Assert.Same(first, second);
        await first.Within("shutdown");
        Assert.Equal(["actors"], _ran);
    }

    [Fact]
    public async Task Phase_that_exceeds_its_time_is_left_behind_with_its_token_cancelled()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _shutdown.AddTask("leave", "hangs", async token =>
        {
            await using var registration = token.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, CancellationToken.None);
        });
        Add("stop", "actors");

        var run = Run();
        _time.Advance(Second);

        await run.Within("shutdown");
        await cancelled.Task.Within("cancelled token");
        Assert.Equal(["actors"], _ran);
        Assert.Equal(["Shutdown phase leave exceeded 00:00:01; not finished: hangs"], _logs.At(LogLevel.Warning));
    }

    [Fact]
    public async Task Task_that_fails_is_logged_and_does_not_stop_the_rest()
    {
        _shutdown.AddTask("leave", "throws", _ => throw new InvalidOperationException("at once"));
        _shutdown.AddTask("leave", "fails", _ => Task.FromException(new InvalidOperationException("later")));
        Add("leave", "beside");
        Add("stop", "actors");

        await Run().Within("shutdown");

        Assert.Equal(["beside", "actors"], _ran);
        Assert.Equal(
            ["Shutdown task throws of phase leave failed", "Shutdown task fails of phase leave failed"],
            _logs.At(LogLevel.Error));
    }

    [Fact]
    public void Unknown_phase_is_refused_and_the_known_ones_are_named()
    {
        var refused = Assert.Throws<ArgumentException>(() => Add("leaf", "x"));
        Assert.Contains("no phase 'leaf', only leave, stop", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Phase_of_the_same_name_is_refused()
    {
        Assert.Throws<ArgumentException>(() => _shutdown.AddPhase("stop", Second));
    }

    [Fact]
    public async Task Started_shutdown_takes_no_more_tasks()
    {
        await Run().Within("shutdown");

        Assert.Throws<InvalidOperationException>(() => Add("stop", "late"));
        Assert.Throws<InvalidOperationException>(() => _shutdown.AddPhase("late", Second));
    }

    [Fact]
    public async Task Virtual_time_shuts_down_without_another_thread()
    {
        await using var world = new World();
        var home = Environment.CurrentManagedThreadId;
        var threads = new List<int>();
        world.System.Shutdown.AddPhase("leave", 10 * Second);
        world.System.Shutdown.AddPhase("stop", 10 * Second);
        foreach (var phase in new[] { "leave", "stop" })
        {
            world.System.Shutdown.AddTask(phase, phase, async token =>
            {
                await Task.Delay(Second, world.Time, token);
                threads.Add(Environment.CurrentManagedThreadId);
            });
        }

        _ = world.System.Shutdown.RunAsync("test");
        world.Advance(2);

        Assert.Equal([home, home], threads);
    }

    private Task Run()
    {
        var run = _shutdown.RunAsync("test");
        _dispatcher.RunUntilIdle();
        return run;
    }

    private void Add(string phase, string name, Task? until = null)
    {
        _shutdown.AddTask(phase, name, _ =>
        {
            _ran.Add(name);
            return until ?? Task.CompletedTask;
        });
    }
}
