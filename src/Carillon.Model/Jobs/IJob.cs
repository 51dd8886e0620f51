namespace Carillon.Model;

/// <summary>User code that a job of type <c>class</c> runs. A new instance is resolved for every attempt.</summary>
public interface IJob
{
    /// <summary>
    /// Runs one attempt. Returning is success; throwing is failure, with the exception's type and message recorded.
    /// </summary>
    /// <param name="context">What is being run, and tools for it.</param>
    /// <param name="cancellationToken">Cancelled on timeout, on a cancel request, and when the node shuts down.</param>
    Task ExecuteAsync(JobContext context, CancellationToken cancellationToken);
}
