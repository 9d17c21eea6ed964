# Two commands for people (run, test) and what they stand on.
# Every version is locked under requirements/; `make lock` writes the locks anew.

.DEFAULT_GOAL := help
SHELL := /bin/bash
BASE_PYTHON ?= python3
VENV := .venv
PYTHON := $(VENV)/bin/python
UV := $(VENV)/bin/uv

# uv does not read pip's find-links, so hand them on: a wheel that lies on this machine is taken instead of a download.
FIND_LINKS := $(or $(PIP_FIND_LINKS),$(shell $(BASE_PYTHON) -m pip config get global.find-links 2>/dev/null))
UV_FLAGS := --quiet --python $(PYTHON) $(addprefix --find-links ,$(FIND_LINKS))
# `make run TORCH_BACKEND=cpu` asks for the CPU build of torch on Linux, about 3 GB smaller than the default one.
TORCH_FLAGS := $(if $(TORCH_BACKEND),--torch-backend $(TORCH_BACKEND))

.PHONY: help run index test lint types contracts unit gate eval check bench lock clean

help:  ## 显示这份说明
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.runtime  ## 安装、建索引并启动网页问答（http://127.0.0.1:7860）
	@$(PYTHON) -m index build $$($(PYTHON) -c "from assistant.settings import index_options; print(*index_options())")
	@exec $(PYTHON) app.py

index: $(VENV)/.runtime  ## 只建索引
	@$(PYTHON) -m index build $$($(PYTHON) -c "from assistant.settings import index_options; print(*index_options())")

test: lint types contracts unit gate  ## 代码检查、类型检查、分层检查、全部测试和几十道必对的题

lint: $(VENV)/.dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .

types: $(VENV)/.dev
	$(VENV)/bin/mypy

contracts: $(VENV)/.dev
	$(VENV)/bin/lint-imports

unit: $(VENV)/.dev
	@$(PYTHON) -m index build $$($(PYTHON) -c "from assistant.settings import index_options; print(*index_options())")
	$(PYTHON) -m pytest

gate: $(VENV)/.runtime
	@$(PYTHON) -m index build $$($(PYTHON) -c "from assistant.settings import index_options; print(*index_options())")
	@$(PYTHON) -m evals run evals/sets/tune --gates evals/gates/quick.toml --must-pass-only

# The second set stays unread: of it, figures are shown and kept, and no question. It is run even if the first one fails.
eval: $(VENV)/.runtime  ## 跑全部题集，报告写在 var/eval/
	@$(PYTHON) -m index build $$($(PYTHON) -c "from assistant.settings import index_options; print(*index_options())")
	@failed=0; \
	$(PYTHON) -m evals run evals/sets/tune --gates evals/gates/tune.toml --restart --out var/eval/tune || failed=1; \
	$(PYTHON) -m evals run evals/sets/held_out --hide-questions --restart --out var/eval/held_out || failed=1; \
	exit $$failed

check: $(VENV)/.runtime  ## 校验全部方案的数据
	@$(PYTHON) -m corpus check

bench: $(VENV)/.dev  ## 测量速度和内存（中位数）
	@$(PYTHON) -m index build $$($(PYTHON) -c "from assistant.settings import index_options; print(*index_options())")
	@$(PYTHON) -m tests.bench

$(VENV)/.uv: requirements/bootstrap.txt
	@echo "正在准备运行环境 …"
	@$(BASE_PYTHON) -m venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(VENV)/.runtime: $(VENV)/.uv requirements/runtime.txt requirements/torch.txt
	@echo "正在安装依赖（版本已锁定）…"
	@$(UV) pip install $(UV_FLAGS) --no-deps --require-hashes -r requirements/runtime.txt
	@$(UV) pip install $(UV_FLAGS) $(TORCH_FLAGS) -r requirements/torch.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@$(UV) pip install $(UV_FLAGS) --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

# torch and the CUDA packages it may bring depend on the platform and are installed by their own step.
NOT_LOCKED := torch triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti \
	nvidia-cuda-nvrtc nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand \
	nvidia-cusolver nvidia-cusparse nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx
COMPILE := $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	$(addprefix --find-links ,$(FIND_LINKS)) $(addprefix --no-emit-package ,$(NOT_LOCKED))

lock: $(VENV)/.uv  ## 重新锁定全部依赖版本
	@$(COMPILE) --output-file requirements/runtime.txt
	@$(COMPILE) --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt

# What people gave stays: the dialogues kept in var/dialogues.db, plans, sets, baselines, and whatever else lies under var/.
clean:  ## 删除环境、索引、缓存和 make eval 的报告
	rm -rf $(VENV) var/index var/cache var/eval .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
