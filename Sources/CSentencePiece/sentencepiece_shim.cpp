#include "CSentencePiece.h"

#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>

#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

using sentencepiece::SentenceIterator;
using sentencepiece::SentencePieceProcessor;
using sentencepiece::SentencePieceTrainer;
using Options = std::unordered_map<std::string, std::string>;

struct csp_model {
  SentencePieceProcessor processor;
};

namespace {

void set_error(char **error, const char *text) {
  if (error != nullptr) *error = strdup(text);
}

// Everything below runs behind this, so that no exception leaves the library.
template <typename Body>
bool guarded(char **error, Body body) {
  try {
    const sentencepiece::util::Status status = body();
    if (status.ok()) return true;
    set_error(error, status.error_message());
  } catch (const std::exception &problem) {
    set_error(error, problem.what());
  } catch (...) {
    set_error(error, "unknown error");
  }
  return false;
}

sentencepiece::util::Status out_of_memory() {
  return {sentencepiece::util::StatusCode::kResourceExhausted, "out of memory"};
}

template <typename Element>
sentencepiece::util::Status hand_over(const Element *elements, size_t count, void **memory) {
  *memory = std::malloc(count * sizeof(Element) + 1);
  if (*memory == nullptr) return out_of_memory();
  if (count > 0) std::memcpy(*memory, elements, count * sizeof(Element));
  return {};
}

// The level of messages on standard error can only be set through the options of a training; this one has no input,
// ends at once, and leaves the level behind.
void silence() {
  static std::once_flag once;
  std::call_once(once, [] {
    auto status = SentencePieceTrainer::Train(Options{{"minloglevel", "4"}}, nullptr, nullptr);
    status.IgnoreError();
  });
}

class CallbackIterator : public SentenceIterator {
 public:
  CallbackIterator(csp_next_sentence next, void *context) : next_(next), context_(context) { Next(); }

  bool done() const override { return done_; }
  const std::string &value() const override { return value_; }
  sentencepiece::util::Status status() const override { return {}; }

  void Next() override {
    const char *text = nullptr;
    size_t size = 0;
    done_ = done_ || !next_(context_, &text, &size);
    if (done_) {
      value_.clear();
    } else {
      value_.assign(text, size);
    }
  }

 private:
  csp_next_sentence next_;
  void *context_;
  std::string value_;
  bool done_ = false;
};

}  // namespace

csp_model *csp_load(const void *bytes, size_t size, char **error) {
  std::unique_ptr<csp_model> model;
  const bool loaded = guarded(error, [&] {
    silence();
    model = std::make_unique<csp_model>();
    return model->processor.LoadFromSerializedProto({static_cast<const char *>(bytes), size});
  });
  return loaded ? model.release() : nullptr;
}

void csp_free(csp_model *model) { delete model; }

int32_t csp_piece_count(const csp_model *model) { return model->processor.GetPieceSize(); }

const char *csp_piece(const csp_model *model, int32_t id, size_t *size) {
  const std::string &piece = model->processor.IdToPiece(id);
  *size = piece.size();
  return piece.data();
}

float csp_score(const csp_model *model, int32_t id) { return model->processor.GetScore(id); }

csp_kind csp_piece_kind(const csp_model *model, int32_t id) {
  const SentencePieceProcessor &processor = model->processor;
  if (processor.IsUnknown(id)) return CSP_KIND_UNKNOWN;
  if (processor.IsControl(id)) return CSP_KIND_CONTROL;
  if (processor.IsUnused(id)) return CSP_KIND_UNUSED;
  if (processor.IsByte(id)) return CSP_KIND_BYTE;
  return CSP_KIND_TEXT;
}

bool csp_encode(const csp_model *model, const char *text, size_t size, int32_t **ids, size_t *count, char **error) {
  return guarded(error, [&] {
    std::vector<int> found;
    const auto status = model->processor.Encode(std::string_view(text, size), &found);
    if (!status.ok()) return status;
    *count = found.size();
    return hand_over(found.data(), found.size(), reinterpret_cast<void **>(ids));
  });
}

bool csp_decode(const csp_model *model, const int32_t *ids, size_t count, char **text, size_t *size, char **error) {
  return guarded(error, [&] {
    std::string decoded;
    const auto status = model->processor.Decode(std::vector<int>(ids, ids + count), &decoded);
    if (!status.ok()) return status;
    *size = decoded.size();
    return hand_over(decoded.data(), decoded.size(), reinterpret_cast<void **>(text));
  });
}

bool csp_train(const char *const *options, size_t option_count, csp_next_sentence next, void *context, void **bytes,
               size_t *size, char **error) {
  return guarded(error, [&] {
    silence();
    Options named{{"minloglevel", "4"}};
    for (size_t place = 0; place + 1 < option_count; place += 2) named[options[place]] = options[place + 1];
    CallbackIterator sentences(next, context);
    std::string model;
    const auto status = SentencePieceTrainer::Train(named, &sentences, &model);
    if (!status.ok()) return status;
    *size = model.size();
    return hand_over(model.data(), model.size(), bytes);
  });
}

void csp_release(void *memory) { std::free(memory); }
