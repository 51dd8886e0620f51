using Carillon.Cluster;
using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Scheduling;

/// <content>The state of the shard's audit.</content>
public sealed partial class JobShard
{
    private void ReceiveAudit(object message)
    {
        switch (message)
        {
            case ReadAudit read:
                read.ReplyTo.Tell(new AuditRead(_term, _audit));
                break;
            case RecordAudit record:
                _writer.Tell(new Append(_term, [record.Save], Context.Self, record));
                break;
            case AppendResult { Tag: RecordAudit record } result:
                NoteAudit(record, result);
                break;
        }
    }

    /// <summary>Takes up what is recorded; when it is not, the audit goes on from where it was.</summary>
    private void NoteAudit(RecordAudit record, AppendResult result)
    {
        if (result is not Appended)
        {
            return;
        }

        _audit = record.Save.Audit;
        foreach (var finding in record.Save.Findings)
        {
            LogFinding(Context.Log, finding.Kind, finding.JobId, finding.ScheduledAt, finding.Evidence);
        }

        record.ReplyTo.Tell(new AuditRecorded(record.Save.Audit));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit found a {Kind} occurrence of job {JobId}, {ScheduledAt:O}: {Evidence}.")]
    private static partial void LogFinding(ILogger log, AuditFindingKind kind, string jobId, DateTimeOffset scheduledAt, string evidence);
}
