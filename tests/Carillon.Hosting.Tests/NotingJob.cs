using Carillon.Model;

namespace Carillon.Hosting.Tests;

/// <summary>A job class that gets a service of the host.</summary>
internal sealed class NotingJob(Ledger ledger) : IJob
{
    public Task ExecuteAsync(JobContext context, CancellationToken cancellationToken)
    {
        return ledger.NoteAsync(context);
    }
}
