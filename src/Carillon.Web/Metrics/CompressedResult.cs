using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Carillon.Web;

/// <summary>A finished page, compressed when the caller accepts that.</summary>
internal sealed class CompressedResult : IResult
{
    private readonly string _contentType;
    private readonly long _length;
    private readonly Func<Stream, CancellationToken, Task> _write;

    /// <summary>Makes an answer.</summary>
    /// <param name="contentType">Its type.</param>
    /// <param name="length">How many bytes it has before compression.</param>
    /// <param name="write">
    /// Writes what has been made already: it must not fail, for half a page would look like a whole one.
    /// </param>
    public CompressedResult(string contentType, long length, Func<Stream, CancellationToken, Task> write)
    {
        _contentType = contentType;
        _length = length;
        _write = write;
    }

    /// <summary>Makes an answer from bytes.</summary>
    public static CompressedResult Of(string contentType, byte[] bytes)
    {
        return new CompressedResult(
            contentType, bytes.Length, (body, aborted) => body.WriteAsync(bytes, aborted).AsTask());
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = _contentType;
        response.Headers.Vary = "Accept, Accept-Encoding";
        if (!MetricsFormat.AcceptsGzip(httpContext.Request.Headers))
        {
            response.ContentLength = _length;
            await _write(response.Body, httpContext.RequestAborted);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await using (gzip)
        {
            await _write(gzip, httpContext.RequestAborted);
        }
    }
}
