namespace Carillon.Scheduling;

/// <content>The way to rest, when the node leaves or the shard goes to another one.</content>
internal sealed partial class JobActor
{
    private bool _isDraining;
    private bool _isYielding;

    private void StartDrain()
    {
        _isDraining = true;
        _stretches.Close();
        Advance();
    }

    private void ReportWhenDrained()
    {
        if (!_isDraining)
        {
            return;
        }

        var isBusy = _appendsInFlight > 0 || _open.Exists(o => o.Phase is AttemptPhase.Starting or AttemptPhase.Ending
            || (o.Phase == AttemptPhase.Running && o.Row.Node == _context.Node));
        if (!isBusy)
        {
            _isDraining = false;
            _shard.Tell(new JobDrained(_job.Id));
        }
    }

    /// <summary>Takes no further step: what is on its way to the store arrives, and the next owner does the rest.</summary>
    private void Yield()
    {
        _isYielding = true;
        foreach (var change in _waitingChanges)
        {
            change.ReplyTo.Tell(new JobReply(JobReplyStatus.Unavailable, Problem: $"job '{_job.Id}' moves to another node; ask again"));
        }

        _waitingChanges.Clear();
        _stretches.Close();
        if (_stretches.TakeUnsaved() is { Count: > 0 } stretches)
        {
            AppendWrites(stretches);
        }

        ReportWhenYielded();
    }

    private void ReportWhenYielded()
    {
        if (_isYielding && _appendsInFlight == 0)
        {
            _shard.Tell(new JobDrained(_job.Id));
        }
    }
}
