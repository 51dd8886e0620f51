using Carillon.Actors;

namespace Carillon.Cluster.Tests.Maintenance;

public sealed class HousekeeperTests : IStoreMaintenance, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Retention Retention = new(TimeSpan.FromDays(30), TimeSpan.FromDays(7), TimeSpan.FromDays(400));

    private readonly DeterministicDispatcher _dispatcher = new(1);
    private readonly VirtualTimeProvider _time;
    private readonly ActorSystem _system;
    private readonly List<(string Step, TimeSpan At)> _steps = [];
    private readonly Queue<Task<bool>> _deletions = [];
    private Exception? _sweepFailure;
    private Expiry? _expired;

    public HousekeeperTests()
    {
        _time = new VirtualTimeProvider(Noon, _dispatcher);
        _system = new ActorSystem("keeper", new ActorSystemOptions { Time = _time, Dispatcher = _dispatcher, Random = new Random(1) });
    }

    public Task InitializeAsync()
    {
        _system.Spawn<object>("housekeeper", () => new Housekeeper(this, Retention));
        _dispatcher.RunUntilIdle();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _system.DisposeAsync();
    }

    [Fact]
    public void Store_is_prepared_and_rid_of_what_has_expired_every_hour()
    {
        _time.Advance(TimeSpan.FromHours(2.5));

        var soon = TimeSpan.FromMilliseconds(100);
        Assert.Equal([soon, soon + TimeSpan.FromHours(1), soon + TimeSpan.FromHours(2)], TimesOf("prepare"));
        Assert.Equal(TimesOf("prepare"), TimesOf("delete"));
        Assert.Equal(Retention.Before(Noon + soon + TimeSpan.FromHours(2)), _expired);
    }

    [Fact]
    public void Deletion_goes_on_step_by_step_while_there_is_more()
    {
        _deletions.Enqueue(Task.FromResult(true));
        _deletions.Enqueue(Task.FromResult(true));

        _time.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal([100, 200, 300], TimesOf("delete").Select(static at => at.TotalMilliseconds));
    }

    [Fact]
    public void Sweep_is_done_every_minute_whatever_the_rest_does()
    {
        _deletions.Enqueue(Task.FromException<bool>(new TimeoutException("no answer")));

        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal([1, 2, 3], TimesOf("sweep").Select(static at => at.TotalMinutes));
    }

    [Fact]
    public void Step_that_failed_is_tried_again_in_a_minute()
    {
        _deletions.Enqueue(Task.FromException<bool>(new TimeoutException("no answer")));
        _sweepFailure = new TimeoutException("no answer");

        _time.Advance(TimeSpan.FromMinutes(2.5));

        Assert.Equal([0.1, 60.1], TimesOf("delete").Select(static at => at.TotalSeconds));
        Assert.Equal([60, 120], TimesOf("sweep").Select(static at => at.TotalSeconds));
    }

    Task IStoreMaintenance.PrepareAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        Note("prepare");
        return Task.CompletedTask;
    }

    Task<bool> IStoreMaintenance.DeleteExpiredAsync(Expiry before, int limit, CancellationToken cancellationToken)
    {
        Note("delete");
        _expired = before;
        return _deletions.TryDequeue(out var deletion) ? deletion : Task.FromResult(false);
    }

    Task IStoreMaintenance.SweepAsync(CancellationToken cancellationToken)
    {
        Note("sweep");
        return _sweepFailure is null ? Task.CompletedTask : Task.FromException(_sweepFailure);
    }

    private void Note(string step)
    {
        _steps.Add((step, _time.GetUtcNow() - Noon));
    }

    private TimeSpan[] TimesOf(string step)
    {
        return [.. _steps.Where(s => s.Step == step).Select(static s => s.At)];
    }
}
