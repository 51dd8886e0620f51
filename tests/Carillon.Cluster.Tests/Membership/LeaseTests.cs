namespace Carillon.Cluster.Tests.Membership;

public sealed class LeaseTests
{
    private readonly StepClock _time = new();
    private readonly Lease _lease;

    public LeaseTests()
    {
        _lease = new Lease(_time, duration: TimeSpan.FromSeconds(6), margin: TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Lease_that_was_never_renewed_is_not_held()
    {
        Assert.False(_lease.IsHeld);
        Assert.Equal(TimeSpan.Zero, _lease.Headroom);
    }

    [Fact]
    public void Renewal_counts_from_before_it_was_sent()
    {
        var sent = _lease.Sending();
        _time.Advance(seconds: 2); // the store took its time to answer
        _lease.Renewed(sent);

        Assert.Equal(TimeSpan.FromSeconds(3), _lease.Headroom);
    }

    [Fact]
    public void Held_lease_ends_one_margin_before_the_store_lets_it_end()
    {
        _lease.Renewed(_lease.Sending());

        _time.Advance(seconds: 4.999);
        Assert.True(_lease.IsHeld);

        _time.Advance(seconds: 0.001);
        Assert.False(_lease.IsHeld);
        Assert.Equal(TimeSpan.Zero, _lease.Headroom);
    }

    [Fact]
    public void Next_renewal_extends_it()
    {
        _lease.Renewed(_lease.Sending());
        _time.Advance(seconds: 4);
        _lease.Renewed(_lease.Sending());
        _time.Advance(seconds: 4);

        Assert.Equal(TimeSpan.FromSeconds(1), _lease.Headroom);
    }

    [Fact]
    public void Suspended_machine_finds_its_lease_over_although_its_monotonic_clock_stood_still()
    {
        _lease.Renewed(_lease.Sending());
        _time.Advance(seconds: 0.5);
        _time.WallStep = TimeSpan.FromSeconds(30);

        Assert.False(_lease.IsHeld);
    }

    [Theory]
    [InlineData(0.9)] // less than a pause
    [InlineData(-30)] // set back by hand
    public void Wall_clock_that_is_set_does_not_end_the_lease(double step)
    {
        _lease.Renewed(_lease.Sending());
        _time.Advance(seconds: 1);
        _time.WallStep = TimeSpan.FromSeconds(step);

        Assert.Equal(TimeSpan.FromSeconds(4), _lease.Headroom);
    }

    [Fact]
    public void Lost_lease_is_over_at_once()
    {
        _lease.Renewed(_lease.Sending());

        _lease.Lose();

        Assert.False(_lease.IsHeld);
    }

    [Fact]
    public void Others_may_be_judged_when_own_renewals_have_worked_for_a_full_lease()
    {
        Renew(times: 6);
        Assert.False(_lease.MayJudge);

        Renew(times: 1);
        Assert.Equal(TimeSpan.FromSeconds(6), _lease.Unbroken);
        Assert.True(_lease.MayJudge);
    }

    [Fact]
    public void Renewal_that_failed_begins_the_wait_anew()
    {
        Renew(times: 7);
        _lease.Failed("no answer");
        Assert.False(_lease.MayJudge);

        _time.Advance(seconds: 1);
        Renew(times: 6);
        Assert.Equal((TimeSpan.FromSeconds(5), false), (_lease.Unbroken, _lease.MayJudge));
    }

    [Theory]
    [InlineData(10, 0)] // the process stood still
    [InlineData(0, 10)] // the machine was suspended
    public void Renewal_that_came_after_the_lease_begins_the_wait_anew(double pause, double suspension)
    {
        Renew(times: 7);
        _time.Advance(pause);
        _time.WallStep = TimeSpan.FromSeconds(suspension);
        Assert.False(_lease.MayJudge);

        Renew(times: 1);
        Assert.Equal(TimeSpan.Zero, _lease.Unbroken);
    }

    /// <summary>Renews once a second, the first time at once.</summary>
    private void Renew(int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (_lease.IsHeld)
            {
                _time.Advance(seconds: 1);
            }

            _lease.Renewed(_lease.Sending());
        }
    }
}
