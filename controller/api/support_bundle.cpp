#include "controller/api/support_bundle.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <memory>

namespace sheave::api {
namespace {

la_ssize_t append(archive*, void* to, const void* bytes, std::size_t count) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), count);
  return static_cast<la_ssize_t>(count);
}

}  // namespace

Result<std::string> make_tar_gz(const std::string& folder, const std::vector<SupportFile>& files, std::int64_t unix_s) {
  std::string bytes;
  const std::unique_ptr<archive, int (*)(archive*)> writer(archive_write_new(), archive_write_free);
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
  const auto failed = [&] {
    const char* why = writer ? archive_error_string(writer.get()) : nullptr;
    return Status::error(StatusCode::kInternal, "BUNDLE_FAILED",
                         std::string("The support bundle could not be made: ") + (why != nullptr ? why : "no memory") + ".");
  };
  if (!writer || !entry) return failed();
  archive_write_add_filter_gzip(writer.get());
  archive_write_set_format_ustar(writer.get());
  if (archive_write_open(writer.get(), &bytes, nullptr, append, nullptr) != ARCHIVE_OK) return failed();
  for (const SupportFile& file : files) {
    archive_entry_clear(entry.get());
    archive_entry_set_pathname(entry.get(), (folder + "/" + file.name).c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.text.size()));
    archive_entry_set_filetype(entry.get(), S_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), static_cast<time_t>(unix_s), 0);
    if (archive_write_header(writer.get(), entry.get()) != ARCHIVE_OK) return failed();
    if (archive_write_data(writer.get(), file.text.data(), file.text.size()) != static_cast<la_ssize_t>(file.text.size())) return failed();
  }
  if (archive_write_close(writer.get()) != ARCHIVE_OK) return failed();
  return bytes;
}

}  // namespace sheave::api
