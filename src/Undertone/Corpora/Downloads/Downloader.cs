using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Undertone.Corpora.Downloads;

/// <summary>
/// Downloads files over HTTP into partial files, and continues them: after a break at once, after an interruption in the next call, by
/// range requests where the server has them and the content has not changed since (RFC 9110, sections 13.1.5 and 14).
/// </summary>
internal sealed class Downloader : IDisposable
{
    private const long LargestList = 64_000_000;
    private const long LargestFile = 20_000_000_000;

    private readonly FetchOptions _options;
    private readonly Action<string> _notice;
    private readonly HttpClient _client;

    /// <summary>Creates a downloader.</summary>
    /// <param name="options">How.</param>
    /// <param name="notice">Told, in a sentence, why something is tried again and when.</param>
    public Downloader(FetchOptions options, Action<string> notice)
    {
        _options = options;
        _notice = notice;
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.StallTimeout,
            MaxAutomaticRedirections = 10,

            // A proxy cannot reach a mirror on this machine.
            UseProxy = options.From is not { IsLoopback: true },
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Undertone", null));
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Asks an address for JSON.</summary>
    /// <exception cref="DownloadException">No answer, or none of JSON.</exception>
    public async Task<JsonDocument> AskAsync(Uri address, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        await Persist(Mirrored(address), () => 0, () => Once(cancellation), cancellation).ConfigureAwait(false);
        try
        {
            return JsonDocument.Parse(buffer.ToArray());
        }
        catch (JsonException e)
        {
            throw new DownloadException($"{Mirrored(address)}: the answer is no list of files (JSON): {e.Message} A proxy may have answered in the server's place.", e);
        }

        async Task Once(CancellationToken token)
        {
            buffer.SetLength(0);
            using var request = new HttpRequestMessage(HttpMethod.Get, Mirrored(address));
            using var response = await Send(request, token).ConfigureAwait(false);
            Judge(request, response);
            await Receive(response, LargestList, buffer, _ => { }, token).ConfigureAwait(false);
        }
    }

    /// <summary>Downloads a file, or what is missing of it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="part">The partial file; whole when this returns.</param>
    /// <param name="at">Told how many bytes are there and how many there will be, where that is known.</param>
    /// <param name="cancellation">Ends it early; what was received stays.</param>
    /// <returns>Whether parts of several answers were put together.</returns>
    /// <exception cref="DownloadException">It cannot be had; what was received stays.</exception>
    public async Task<bool> FetchAsync(RemoteFile file, string part, Action<long, long?> at, CancellationToken cancellation)
    {
        var address = Mirrored(file.Address);
        var joined = false;
        await Persist(address, () => Length(part), async () => joined |= await Once().ConfigureAwait(false), cancellation).ConfigureAwait(false);
        return joined;

        async Task<bool> Once()
        {
            var tag = PartTag.Read(part);
            var start = Length(part);
            if (start > (file.Bytes ?? tag?.Total ?? long.MaxValue) || (tag?.Validator is null && file.Checksum is null))
            {
                start = 0; // too much, or nothing to tell by whether the rest would belong to it
            }

            if (start > 0 && start == (file.Bytes ?? tag?.Total))
            {
                at(start, start);
                return true;
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (start > 0)
            {
                request.Headers.Range = new RangeHeaderValue(start, null);
                if (tag?.Validator is { } validator)
                {
                    request.Headers.TryAddWithoutValidation("If-Range", validator);
                }
            }

            using var response = await Send(request, cancellation).ConfigureAwait(false);
            if (start > 0 && !Continues(response, start, tag))
            {
                PartTag.Forget(part);
                throw new BrokenOffException("the server does not continue the partial file, so it is downloaded from its beginning") { Wait = TimeSpan.Zero };
            }

            Judge(request, response);
            start = response.StatusCode == HttpStatusCode.PartialContent ? start : 0;
            var total = response.Content.Headers.ContentLength + start;
            if (total is { } announced && file.Bytes is { } stated && announced != stated)
            {
                throw new DownloadException(Invariant(
                    $"{address}: the server announces {announced} bytes; the publisher states {stated} for {file.Path}. The file was changed, or the mirror has another; nothing of it was taken."));
            }

            await Store(file, part, start, total ?? file.Bytes, response, at, cancellation).ConfigureAwait(false);
            return start > 0;
        }
    }

    /// <summary>An address, or the one that a mirror has in its place.</summary>
    public Uri Mirrored(Uri address) => _options.From is { } mirror ? new Uri(mirror.GetLeftPart(UriPartial.Path).TrimEnd('/') + address.PathAndQuery) : address;

    private async Task Store(RemoteFile file, string part, long start, long? total, HttpResponseMessage response, Action<long, long?> at, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(part)!;
        DiskSpace.Require(folder, (total ?? start) - start, $"the rest of {file.Path}");
        try
        {
            await using var output = new FileStream(part, start > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write);
            PartTag.Of(response, total).Write(part);
            at(start, total);
            await Receive(response, (total ?? LargestFile) - start, output, received => at(start + received, total), cancellation).ConfigureAwait(false);
        }
        catch (IOException e) when (e is not (DownloadException or BrokenOffException) && FullDisk.Explains(e, folder))
        {
            throw DiskSpace.Full(folder, e);
        }

        if (total is { } whole && Length(part) is var there && there < whole)
        {
            throw new BrokenOffException(Invariant($"the server ended after {there} of {whole} bytes"));
        }
    }

    private async Task Receive(HttpResponseMessage response, long limit, Stream output, Action<long> received, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        for (var done = 0L; ;)
        {
            var read = await Patiently(token => body.ReadAsync(buffer, token).AsTask(), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            done += read;
            if (done > limit)
            {
                throw new DownloadException(Invariant($"{response.RequestMessage?.RequestUri}: the server sends more than the {limit} bytes that were to come. Nothing of it is used."));
            }

            await output.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            received(done);
        }
    }

    private Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken cancellation) =>
        Patiently(token => _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellation);

    private async Task<T> Patiently<T>(Func<CancellationToken, Task<T>> wait, CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stall.CancelAfter(_options.StallTimeout);
        try
        {
            return await wait(stall.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new BrokenOffException(Invariant($"the server sent nothing for {_options.StallTimeout.TotalSeconds:0.#} s"), e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new BrokenOffException($"the connection failed: {(e.InnerException ?? e).Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>Tries until it succeeds, gives up after some tries that got no further.</summary>
    private async Task Persist(Uri address, Func<long> reached, Func<Task> once, CancellationToken cancellation)
    {
        var best = reached();
        for (var failures = 0; ;)
        {
            try
            {
                await once().ConfigureAwait(false);
                return;
            }
            catch (BrokenOffException e)
            {
                var now = reached();
                failures = now > best ? 1 : failures + 1;
                best = Math.Max(best, now);
                var wait = e.Wait ?? _options.RetryDelay * Math.Pow(2, failures - 1);
                if (failures > _options.Retries)
                {
                    throw new DownloadException($"{address}: {e.Message}; tried {failures.ToString(CultureInfo.InvariantCulture)} times. What was received is kept; the same command continues.", e);
                }

                if (wait > _options.LongestWait)
                {
                    throw new DownloadException(Invariant($"{address}: {e.Message} and asks to wait {wait.TotalMinutes:0} min. What was received is kept; the same command continues then."), e);
                }

                _notice(Invariant($"{address}: {e.Message}{(wait > TimeSpan.Zero ? $"; again in {wait.TotalSeconds:0.#} s" : "")}"));
                await Task.Delay(wait, cancellation).ConfigureAwait(false);
            }
        }
    }

    // Whether an answer to a range request can be appended, is the whole anew, or is an error that Judge names.
    private static bool Continues(HttpResponseMessage response, long start, PartTag? tag) => response.StatusCode switch
    {
        HttpStatusCode.PartialContent => response.Content.Headers.ContentRange is { } range && range.From == start && (tag is null || tag.Agrees(response, range)),
        HttpStatusCode.RequestedRangeNotSatisfiable => false,
        _ => true,
    };

    private static void Judge(HttpRequestMessage request, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var said = Invariant($"the server answers {status} ({response.ReasonPhrase})");
        var spent = response.Headers.TryGetValues("X-RateLimit-Remaining", out var left) && left.FirstOrDefault() == "0";
        switch (status)
        {
            case 200 or 206:
                return;
            case 408 or 425 or 429 or >= 500 and not 501:
            case 403 when spent:
                throw new BrokenOffException(spent ? $"{said}, because too much was asked from this address" : said) { Wait = Asked(response, spent) };
            case >= 300 and < 400:
                throw new DownloadException($"{request.RequestUri}: {said}: a redirection without end, or from https to http. The publisher may have moved it; a copy made by hand serves as well.");
            default:
                throw new DownloadException($"{request.RequestUri}: {said}. The publisher may have moved it; a copy made by hand serves as well (undertone corpora describe says where to look).");
        }
    }

    private static TimeSpan? Asked(HttpResponseMessage response, bool spent)
    {
        var asked = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - DateTimeOffset.UtcNow
            : spent && response.Headers.TryGetValues("X-RateLimit-Reset", out var reset) && long.TryParse(reset.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                ? DateTimeOffset.FromUnixTimeSeconds(at) - DateTimeOffset.UtcNow
                : null;
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Something that another try may mend.</summary>
    private sealed class BrokenOffException(string message, Exception? inner = null) : IOException(message, inner)
    {
        /// <summary>The wait that the server asks for; null for the usual one.</summary>
        public TimeSpan? Wait { get; init; }
    }
}
